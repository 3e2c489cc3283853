/** `tempo-codemods list`: presets and transforms, in order. */
import type { CommandModule } from 'yargs';

export function listCommand(done: (code: number) => void): CommandModule {
  return {
    command: 'list',
    describe: 'Presets and transforms, in the order in which they run',
    handler: async () => {
      const { presets } = await import('../../transforms/index.js');
      const lines = Object.values(presets).flatMap((preset) => {
        const width = Math.max(0, ...preset.steps.map((step) => step.transform.id.length));
        return [
          `${preset.id}: ${preset.title}`,
          ...preset.steps.map(
            ({ transform: { id, safety, title } }) => `  ${id.padEnd(width)}  ${safety.padEnd(6)}  ${title}`,
          ),
        ];
      });
      process.stdout.write(`${lines.join('\n')}\n`);
      done(0);
    },
  };
}
