/**
 * An icon of Atlaskit as it is imported. Those are CommonJS, and what a module gets for their default is all that they export,
 * where their types promise the component.
 */
export function icon<Icon>(imported: Icon): Icon {
  const { default: component } = imported as { default?: Icon };
  return component ?? imported;
}
