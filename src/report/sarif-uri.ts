/** How SARIF names a file. */
export interface ArtifactLocation {
  readonly uri: string;
  readonly uriBaseId?: '%SRCROOT%';
}

/** Locations of files, each made once: thousands of results name few files. */
export function uriMaker(pathOf: (file: string) => string): (file: string) => ArtifactLocation {
  const made = new Map<string, ArtifactLocation>();
  return file => {
    let location = made.get(file);
    if (location === undefined) {
      location = locationOf(pathOf(file));
      made.set(file, location);
    }
    return location;
  };
}

function locationOf(path: string): ArtifactLocation {
  const uri = path.split('/').map(encoded).join('/');
  if (path.startsWith('/')) return { uri: `file://${uri}` };
  return { uri, uriBaseId: '%SRCROOT%' };
}

/** A half character has no place in UTF-8. */
function encoded(part: string): string {
  return encodeURIComponent(part.replaceAll(/\p{Cs}/gu, '\ufffd'));
}
