/** What a board viewer is told, on the wire: docs/protocol.md, "Board". Anybody else is answered as if there were no such address. */
import * as v from 'valibot';
import type { Cube } from '../domain/board/cube.ts';
import type { ServiceId, TeamId } from '../domain/ids.ts';
import { count, moment } from './op.ts';
import { notBackSchema, request, unheardSchema } from './sync.ts';
import { laptopDays } from './values.ts';

export const cubeRequestSchema = v.object({ ...request });

const share = v.pipe(v.number(), v.minValue(0), v.maxValue(1));
const proportionSchema = v.object({
  count,
  base: count,
  share: v.nullable(share),
  interval: v.nullable(v.object({ lower: share, upper: share })),
});

/** null is held back. */
const row = {
  base: v.nullable(count),
  goodOrBetter: v.nullable(proportionSchema),
  grades: v.nullable(v.array(proportionSchema)),
};
const month = v.pipe(v.string(), v.regex(/^\d{4}-\d{2}$/));
const months = { from: month, to: month };
const name = v.nullable(v.string());
const idOf = <Id extends string>() => v.nullable(v.custom<Id>((id) => typeof id === 'string'));

const cubeSchema: v.GenericSchema<unknown, Cube> = v.object({
  grades: v.array(v.string()),
  years: v.array(
    v.object({
      ...months,
      whole: v.object(row),
      quarters: v.array(v.object({ ...months, ...row })),
      services: v.array(
        v.object({
          service: idOf<ServiceId>(),
          name,
          ...row,
          teams: v.array(v.object({ team: idOf<TeamId>(), name, ...row })),
        }),
      ),
      beside: v.object({
        drafts: v.nullable(count),
        awaitingModeration: v.nullable(count),
        voided: v.nullable(count),
        exempt: v.nullable(count),
        notGraded: v.nullable(count),
      }),
      speaksForPractice: v.boolean(),
    }),
  ),
});

/**
 * Whoever is answered this is a board viewer: they are sent no record that could say so, nor the settings. `laptopDays`: of those,
 * after how many days without the server a laptop drops its copy; null for never, absent in replies of older servers.
 */
export const cubeReplySchema = v.object({
  role: v.literal('board-viewer'),
  madeMs: moment,
  cube: cubeSchema,
  laptopDays: v.exactOptional(laptopDays),
  /** What its figures may lack, as when it was made; absent for nothing. */
  unheard: v.exactOptional(unheardSchema),
  notBack: v.exactOptional(notBackSchema),
});
export type CubeReply = v.InferOutput<typeof cubeReplySchema>;
