import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { compile } from '../../../src/compile/compile.ts';
import type { CompileSettings } from '../../../src/compile/settings.ts';
import { parseSources } from '../../../src/manifests/parse-sources.ts';
import { readNginxModule } from '../../../src/options/nginx-modules.ts';
import { validateObjects } from '../../../src/resources/validate.ts';
import type { Routing } from '../../../src/routing/model.ts';
import { SETTINGS } from '../compiled.ts';
import { flagsOf } from './flags.ts';

const SETTING: Readonly<Record<string, (value: string) => Partial<CompileSettings>>> = {
  '--controller-config': controllerConfig => ({ controllerConfig }),
  '--default-backend-service': defaultBackendService => ({ defaultBackendService }),
  '--nginx-module': value => {
    const found = readNginxModule(value);
    return found === undefined ? {} : { nginxModules: [found] };
  },
  '--snippets': value => (value === 'all' || value === 'safe' ? { snippets: value } : {}),
};

/** The routing of a golden folder, with its flags, on the usual ports. */
export function routingOfFolder(folder: string): Routing {
  const flags = flagsOf(folder);
  let settings: Partial<CompileSettings> = { httpPort: 80, httpsPort: 443 };
  for (const [index, flag] of flags.entries()) settings = { ...settings, ...SETTING[flag]?.(flags[index + 1] ?? '') };
  const source = { name: 'input.yaml', text: readFileSync(join(folder, 'input.yaml'), 'utf8') };
  const nobody = (): void => undefined;
  const resources = validateObjects(parseSources([source], nobody).objects, nobody);
  return compile(resources, { ...SETTINGS, ...settings }, nobody).routing;
}
