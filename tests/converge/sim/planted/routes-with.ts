/** The server's routes as they are, with something done to what one of them has answered. */
import type { FastifyInstance } from 'fastify';
import type { Api } from '../../../../server/routes/envelope.ts';
import type { Envelope } from '../../../../src/protocol/sync.ts';
import { allRoutes } from '../sim-server.ts';

export interface Request {
  readonly body: unknown;
}
export interface Reply {
  text: string;
}
export type Handler = (request: Request, reply: Reply) => Promise<unknown>;

/** The product's routes, with something done after one of them has answered. */
export function routesWith(
  api: Api,
  path: string,
  after: (request: Request, reply: Reply) => Promise<void> | void,
): void {
  const app = {
    post(at: string, ...rest: readonly unknown[]) {
      const own = rest.at(-1) as Handler;
      const planted: Handler = async (request, reply) => {
        await own(request, reply);
        await after(request, reply);
      };
      (api.app.post as unknown as (at: string, handler: Handler) => void)(at, at === path ? planted : own);
    },
  } as unknown as FastifyInstance;
  allRoutes({ ...api, app });
}

export const bodyOf = <T>({ text }: Reply): T | undefined => (JSON.parse(text) as Envelope).body as T | undefined;
export const withBody = ({ text }: Reply, body: unknown): string =>
  JSON.stringify({ ...(JSON.parse(text) as Envelope), body });
