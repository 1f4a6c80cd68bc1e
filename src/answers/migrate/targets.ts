import { isRecord, isText } from '../../json/value.ts';
import type { Judgement, ShapeName, Target, TargetId, TargetNote, Verdict } from './model.ts';
import { SHAPE_NAMES, TARGET_IDS, VERDICTS } from './model.ts';
import f5 from './targets/f5.json' with { type: 'json' };
import gatewayApi from './targets/gateway-api.json' with { type: 'json' };
import haproxy from './targets/haproxy.json' with { type: 'json' };
import traefik from './targets/traefik.json' with { type: 'json' };

const FILES: Readonly<Record<TargetId, unknown>> = { 'gateway-api': gatewayApi, traefik, f5, haproxy };

const known = new Map<TargetId, Target>();

/** The verdicts of a target. */
export function targetOf(id: TargetId): Target {
  const target = known.get(id) ?? readTarget(id, FILES[id]);
  known.set(id, target);
  return target;
}

/** All of them. */
export function allTargets(): readonly Target[] {
  return TARGET_IDS.map(targetOf);
}

/** The files are ours: one that is not as it should be ends the run. */
export function readTarget(id: TargetId, file: unknown): Target {
  const { name, product, version, notes, sources, annotations, options, shapes } = recordOf(file, id);
  if (!isText(name) || !isText(product) || !isText(version)) throw new Error(`${id}: name, product or version`);
  const urls = recordOf(sources, `${id}: sources`);
  const read = (part: unknown): ReadonlyMap<string, Judgement> => judgementsOf(recordOf(part, id), urls);
  const byShape = read(shapes);
  return {
    id,
    name,
    product,
    version,
    notes: notesOf(notes, urls),
    annotations: read(annotations),
    options: read(options),
    shapes: new Map(SHAPE_NAMES.map(shape => [shape, shapeIn(byShape, shape)])),
  };
}

function shapeIn(judgements: ReadonlyMap<string, Judgement>, shape: ShapeName): Judgement {
  const judgement = judgements.get(shape);
  if (judgement === undefined) throw new Error(`no verdict on ${shape}`);
  return judgement;
}

function judgementsOf(
  entries: Readonly<Record<string, unknown>>,
  urls: Readonly<Record<string, unknown>>,
): ReadonlyMap<string, Judgement> {
  return new Map(
    Object.entries(entries).map(([name, entry]) => {
      const { verdict, how, source } = recordOf(entry, name);
      const url = isText(source) ? urls[source] : undefined;
      if (!isVerdict(verdict) || !isText(how) || !isText(url)) throw new Error(`the verdict on ${name}`);
      return [name, { verdict, how, source: url }];
    }),
  );
}

function notesOf(notes: unknown, urls: Readonly<Record<string, unknown>>): readonly TargetNote[] {
  if (!Array.isArray(notes)) throw new Error('notes are no list');
  return notes.map(note => {
    const { text, source } = recordOf(note, 'a note');
    const url = isText(source) ? urls[source] : undefined;
    if (!isText(text) || !isText(url)) throw new Error('a note');
    return { text, source: url };
  });
}

function isVerdict(value: unknown): value is Verdict {
  return VERDICTS.some(verdict => verdict === value);
}

function recordOf(value: unknown, what: string): Readonly<Record<string, unknown>> {
  if (!isRecord(value)) throw new Error(`${what} is no mapping`);
  return value;
}
