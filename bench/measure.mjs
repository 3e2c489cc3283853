// Runs a command and measures its wall time and the peak resident memory of its process tree (Linux: /proc).
import { spawn } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';

function treeRss(root) {
  const children = new Map();
  const rss = new Map();
  for (const entry of readdirSync('/proc')) {
    if (!/^\d+$/.test(entry)) continue;
    try {
      const stat = readFileSync(`/proc/${entry}/stat`, 'utf8');
      const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
      const parent = Number(fields[1]);
      rss.set(Number(entry), Number(fields[21]) * 4096);
      children.set(parent, [...(children.get(parent) ?? []), Number(entry)]);
    } catch {
      // It ended between the two reads.
    }
  }
  const each = [];
  for (const queue = [root]; queue.length > 0; ) {
    const pid = queue.pop();
    each.push(rss.get(pid) ?? 0);
    queue.push(...(children.get(pid) ?? []));
  }
  return { sum: each.reduce((a, b) => a + b, 0), largest: Math.max(...each) };
}

/**
 * @returns {Promise<{ seconds: number, megabytes: number, perProcess: number }>} wall time, peak of the tree, and peak
 *   of its largest process
 */
export function measure(command, args, { cwd, ok = [0] } = {}) {
  return new Promise((resolve, reject) => {
    const started = process.hrtime.bigint();
    const child = spawn(command, args, { cwd, stdio: 'ignore' });
    const peak = { sum: 0, largest: 0 };
    const sample = () => {
      if (child.pid === undefined || process.platform !== 'linux') return;
      const now = treeRss(child.pid);
      peak.sum = Math.max(peak.sum, now.sum);
      peak.largest = Math.max(peak.largest, now.largest);
    };
    const timer = setInterval(sample, 20);
    child.on('error', reject);
    child.on('exit', (code) => {
      clearInterval(timer);
      const seconds = Number(process.hrtime.bigint() - started) / 1e9;
      if (!ok.includes(code)) reject(new Error(`${command} ${args.join(' ')} ended with ${code}`));
      else
        resolve({
          seconds,
          megabytes: Math.round(peak.sum / 1e6),
          perProcess: Math.round(peak.largest / 1e6),
        });
    });
  });
}

export function median(numbers) {
  const sorted = [...numbers].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}
