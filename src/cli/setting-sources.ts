import type { Command } from 'commander';

import { findConfig } from '../config-file/find.ts';
import { isList, isRecord } from '../json/value.ts';
import { setStderrForm } from './face.ts';

export const ENVIRONMENT_PREFIX = 'INGRESS2NGINX_';

/** Variables that are no flags. */
const OTHERS = ['INGRESS2NGINX_DEBUG', 'INGRESS2NGINX_NO_CODE_CACHE'];

/** The variables that may stand for flags. */
export function environmentNames(environment: NodeJS.ProcessEnv): readonly string[] {
  return Object.keys(environment).filter(name => name.startsWith(ENVIRONMENT_PREFIX) && !OTHERS.includes(name));
}

/**
 * Sets the flags of a command that the command line does not name: by the environment, else by the config file. Where
 * there is neither, this costs a few looks at the file system.
 */
export async function completeSettings(command: Command): Promise<void> {
  await useSources(command);
  const { format, logFormat, watch } = command.opts<FormFlags>();
  // The command line has said so already.
  if (watch !== true && isJson(format)) setStderrForm('json');
  if (watch === true && logFormat === 'json') setStderrForm('json-log');
}

/** Of `lint`, which may write several, the one for stdout counts. */
function isJson(format: unknown): boolean {
  return isList(format) ? format.some(isJsonTarget) : format === 'json';
}

function isJsonTarget(target: unknown): boolean {
  return isRecord(target) && target['format'] === 'json' && target['file'] === undefined;
}

interface FormFlags {
  readonly format?: unknown;
  readonly logFormat?: unknown;
  readonly watch?: boolean;
}

async function useSources(command: Command): Promise<void> {
  if (environmentNames(process.env).length > 0) {
    const { useEnvironment } = await import('./environment.ts');
    useEnvironment(command, process.env);
  }
  const { config } = command.opts<{ readonly config?: string | false }>();
  // Of commands that read no manifests the file says nothing.
  if (config === false || !command.options.some(option => option.attributeName() === 'config')) return;
  const file = config ?? findConfig(workingFolder());
  if (file === undefined) return;
  const { useConfigFile } = await import('./config-file.ts');
  useConfigFile(command, { file, isNamed: config !== undefined });
}

/** Somebody may have removed it: then it has no file either. */
function workingFolder(): string {
  try {
    return process.cwd();
  } catch {
    return '/';
  }
}
