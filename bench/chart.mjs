// A horizontal bar chart of the medians, a group for each tree.
const escapeXml = (text) =>
  text.replace(/[&<>"]/g, (one) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' })[one]);

export function chart(rows) {
  const groups = Map.groupBy ? [...Map.groupBy(rows, (row) => row.group)] : [...grouped(rows)];
  const parts = [];
  let y = 16;
  for (const [group, members] of groups) {
    parts.push(`<text x="8" y="${y + 12}" class="group">${escapeXml(group)}</text>`);
    y += 24;
    const longest = Math.max(...members.map((row) => row.seconds));
    for (const row of members) {
      const width = Math.max(1, Math.round((row.seconds / longest) * 380));
      const kind = row.name.startsWith('tempo-codemods') ? 'own' : 'peer';
      parts.push(
        `<text x="8" y="${y + 13}">${escapeXml(row.name)}</text><rect x="270" y="${y}" width="${width}" height="17" class="${kind}"/><text x="${278 + width}" y="${y + 13}">${row.seconds.toFixed(2)} s</text>`,
      );
      y += 23;
    }
    y += 12;
  }
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 740 ${y}" font-family="sans-serif" font-size="12">
<title>Median seconds of each command, a group for each tree</title>
<style>text{fill:#1f2328}.group{font-weight:bold}.own{fill:#2da44e}.peer{fill:#9198a1}@media(prefers-color-scheme:dark){text{fill:#e6edf3}}</style>
${parts.join('\n')}
</svg>
`;
}

function grouped(rows) {
  const groups = new Map();
  for (const row of rows) groups.set(row.group, [...(groups.get(row.group) ?? []), row]);
  return groups;
}
