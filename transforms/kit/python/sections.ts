/** isort's sections of an import block: the standard library, everything else, relative imports. */
import { firstPart } from './nodes.js';

export type Section = 'standard' | 'other' | 'local';

/** Modules of the standard library that Python code of charms imports; a missing one is taken for a third party's. */
const STANDARD = new Set(
  `abc argparse ast asyncio atexit base64 bisect builtins calendar cmath codecs collections concurrent configparser
   contextlib contextvars copy csv ctypes dataclasses datetime decimal difflib email enum errno fcntl filecmp fnmatch
   fractions functools gc getpass glob gzip hashlib heapq hmac html http importlib inspect io ipaddress itertools json
   logging math mimetypes multiprocessing numbers operator os pathlib pickle pkgutil platform pprint pwd queue random re
   sched secrets select selectors shelve shlex shutil signal site socket socketserver sqlite3 ssl stat statistics string
   struct subprocess sys sysconfig syslog tarfile tempfile textwrap threading time timeit token tokenize tomllib
   traceback types typing unicodedata unittest urllib uuid venv warnings weakref xml zipfile zlib zoneinfo`.split(
    /\s+/,
  ),
);

export function sectionOf(module: string): Section {
  if (module.startsWith('.')) return 'local';
  return STANDARD.has(firstPart(module)) ? 'standard' : 'other';
}
