import type { IncomingMessage, Server, ServerResponse } from "node:http";

export type Handle = (request: IncomingMessage, response: ServerResponse) => void;
export const HEADERS: Readonly<Record<string, string>>;
export function handler(mounts: Readonly<Record<string, string>>): Handle;
export function listen(handle: Handle, port: number): Promise<Server>;
