/** Folders of installed code and caches: ignored as if an ignore file listed them, since not every one does. */
const FOREIGN = /(?:^|\/)(?:node_modules|site-packages|__pycache__|\.tox|\.nox|\.venv)(?:\/|$)/;

/** Whether a path goes through a folder of installed code. */
export function isForeign(path: string): boolean {
  return FOREIGN.test(path);
}
