/** A thin line that breaks: replies share its bytes a second, and each time so many have passed, the connection is cut. */
import type { ServerResponse } from 'node:http';
import type { Replied } from './upstream.ts';

export interface Thinness {
  readonly bitsPerSecond: number;
  readonly breaksAfterBytes: number;
}

export interface ThinLine {
  send(response: ServerResponse, reply: Replied, thinness: Thinness): Promise<void>;
}

const pieceBytes = 1_024;

export function thinLine(): ThinLine {
  let sinceBreak = 0;
  /** One reply after another. */
  let turn: Promise<void> = Promise.resolve();

  async function sendNow(response: ServerResponse, reply: Replied, thinness: Thinness): Promise<void> {
    const { status, headers, body } = reply;
    response.writeHead(status, { ...headers, 'content-length': body.length });
    for (let at = 0; at < body.length; at += pieceBytes) {
      const piece = body.subarray(at, at + pieceBytes);
      await new Promise((resolve) => setTimeout(resolve, (piece.length * 8_000) / thinness.bitsPerSecond));
      sinceBreak += piece.length;
      if (sinceBreak > thinness.breaksAfterBytes) {
        sinceBreak = 0;
        response.destroy();
        return;
      }
      response.write(piece);
    }
    response.end();
  }

  return {
    send: (response, reply, thinness) => (turn = turn.then(() => sendNow(response, reply, thinness))),
  };
}
