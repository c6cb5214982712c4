/**
 * Figures about this process in Prometheus' text format: how many requests and how long, which events, how many listen, what
 * waits for a person. Ids, names and texts are no label of any of them: a route's pattern, a kind of event, a class of status.
 *
 * They are had at an address and port of their own (`listenForScrapes`), on this machine unless a setting says otherwise: how
 * much a council's auditors work is nobody else's business.
 */
import { createServer } from 'node:http';
import type { FastifyInstance } from 'fastify';
import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';
import { protocolVersion } from '../../src/protocol/version.ts';
import type { Server } from '../context.ts';
import { countUndecided } from '../db/held.ts';
import { countMissing, everybody } from '../db/missing.ts';
import { traceOf, type Log } from '../log.ts';

export interface Metrics {
  /** The log, with each event counted by its kind. */
  counting(log: Log): Log;
  /** Times every request of `app`. */
  timing(app: FastifyInstance): void;
  /** Adds what has to be looked up when somebody asks. */
  watching(server: Server): void;
  /** All figures, as text. */
  scrape(): Promise<string>;
  readonly contentType: string;
}

/** Seconds: from what a cached file takes to what the request time-out allows. */
const buckets = [0.005, 0.02, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60];

export function makeMetrics(): Metrics {
  const registers = [new Registry()];
  const [registry] = registers as [Registry];
  collectDefaultMetrics({ register: registry });
  const events = new Counter({
    name: 'plumbline_events_total',
    help: 'Events of the log, by kind',
    labelNames: ['event'],
    registers,
  });
  const held = new Counter({
    name: 'plumbline_ops_held_total',
    help: 'Changes that were not accepted, by the code of the reason',
    labelNames: ['code'],
    registers,
  });
  const requests = new Histogram({
    name: 'http_request_duration_seconds',
    help: 'Requests answered, by method, route and class of status',
    labelNames: ['method', 'route', 'status'],
    buckets,
    registers,
  });
  new Gauge({
    name: 'plumbline_info',
    help: 'Always 1; which protocol this server speaks',
    labelNames: ['protocol'],
    registers,
  }).set({ protocol: String(protocolVersion) }, 1);

  return {
    contentType: registry.contentType,
    scrape: () => registry.metrics(),
    counting: (log) => (event) => {
      events.inc({ event: event.event });
      if (event.event === 'op-held') held.inc({ code: event.code });
      log(event);
    },
    timing(app) {
      app.addHook('onResponse', (request, reply, done) => {
        const { method, routeOptions } = request;
        // Without a route somebody guesses at addresses, which must not become labels.
        const labels = { method, route: routeOptions.url ?? 'none', status: `${Math.floor(reply.statusCode / 100)}xx` };
        requests.observe(labels, reply.elapsedTime / 1_000);
        done();
      });
    },
    watching(server) {
      const gauge = (name: string, help: string, look: () => Promise<number>): void => {
        new Gauge({
          name,
          help,
          registers,
          async collect() {
            try {
              this.set(await look());
            } catch (error) {
              // A figure that cannot be had is left out; the others are said all the same.
              this.remove();
              server.log({ event: 'failed', path: 'metrics', reference: server.newId(), error: traceOf(error) });
            }
          },
        });
      };
      const { database, authority, listeners } = server;
      gauge('plumbline_event_streams', 'Streams of events that are open', async () => listeners.all().length);
      gauge('plumbline_held_changes', 'Changes that wait for a person to decide', () =>
        database.read((tx) => countUndecided(tx, authority.id)),
      );
      gauge('plumbline_missing_changes', 'Changes that a restored server had and that no laptop has brought back', () =>
        database.read((tx) => countMissing(tx, authority.id, everybody)),
      );
    },
  };
}

export interface ScrapeDoor {
  readonly port: number;
  close(): Promise<void>;
}

/** Listens for `GET /metrics`, and nothing else. Throws what `listen` throws. */
export function listenForScrapes(metrics: Metrics, port: number, host: string): Promise<ScrapeDoor> {
  const door = createServer((request, response) => {
    if (request.method !== 'GET' || request.url !== '/metrics') return void response.writeHead(404).end();
    metrics.scrape().then(
      (text) => response.writeHead(200, { 'content-type': metrics.contentType }).end(text),
      () => response.writeHead(500).end(),
    );
  });
  return new Promise((resolve, reject) => {
    door.once('error', reject);
    door.listen(port, host, () => {
      const address = door.address();
      resolve({
        port: typeof address === 'object' && address !== null ? address.port : port,
        close: () =>
          new Promise((closed) => {
            door.close(() => closed());
            door.closeAllConnections();
          }),
      });
    });
  });
}
