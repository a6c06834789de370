/** Makes elements of a page: name, attributes, what is in it. Text is always text, never markup. */

export type Attributes = Readonly<Record<string, string | boolean>>;

/** `true` sets an attribute without a value, `false` leaves it out. */
export function make<K extends keyof HTMLElementTagNameMap>(
  name: K,
  attributes: Attributes = {},
  ...inside: readonly (Node | string)[]
): HTMLElementTagNameMap[K] {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (value === true) element.setAttribute(key, '');
    else if (value !== false) element.setAttribute(key, value);
  }
  element.append(...inside);
  return element;
}

/** A button that does one thing; `label` is read out where the text is a sign. */
export function button(text: string, label: string, act: () => void): HTMLButtonElement {
  const made = make('button', { type: 'button', 'aria-label': label, title: label }, text);
  made.addEventListener('click', act);
  return made;
}
