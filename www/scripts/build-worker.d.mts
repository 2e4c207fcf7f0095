export function stamp(folder: string, code?: string): void;
