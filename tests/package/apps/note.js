// What every program redacts.
export const NOTE = "Seen by Dr. Rajesh Patel on 03/14/2019, BP 120/80.";
