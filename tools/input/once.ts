/** Options that are given twice: which one counts would be a guess, so they are refused. */
import type { Command } from 'commander';

/** For a command and its subcommands; `repeatable` names the options that gather their values. Call it when all options are there. */
export function onlyOnce(command: Command, repeatable: readonly string[] = []): Command {
  for (const option of command.options) {
    const takesValue = option.required || option.optional;
    if (!takesValue || repeatable.includes(option.name())) continue;
    let seen = false;
    command.on(`option:${option.name()}`, () => {
      if (seen) command.error(`error: option '${option.flags}' is there twice; give it once`);
      seen = true;
    });
  }
  for (const sub of command.commands) onlyOnce(sub, repeatable);
  return command;
}
