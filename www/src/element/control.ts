/** What makes an element a control of a form. Its value is the redacted text; the note is never part of a form. */

/** On a server there is no such class, and nothing to make of it. */
const Base = (globalThis.HTMLElement ?? class {}) as typeof HTMLElement;

/** A form control with the attributes that all have, reflected as properties. */
export abstract class FormControl extends Base {
  static readonly formAssociated = true;
  /** For the subclass: values, validity and role. */
  protected readonly internals: ElementInternals = this.attachInternals();

  /** Writes an attribute; frameworks take one back with `undefined` or `null`. */
  protected reflect(name: string, value: unknown): void {
    if (value === undefined || value === null) this.removeAttribute(name);
    else this.setAttribute(name, String(value));
  }

  get form(): HTMLFormElement | null {
    return this.internals.form;
  }

  get labels(): NodeList {
    return this.internals.labels;
  }

  get validity(): ValidityState {
    return this.internals.validity;
  }

  get validationMessage(): string {
    return this.internals.validationMessage;
  }

  get willValidate(): boolean {
    return this.internals.willValidate;
  }

  checkValidity(): boolean {
    return this.internals.checkValidity();
  }

  reportValidity(): boolean {
    return this.internals.reportValidity();
  }

  /** As of every control. */
  get type(): string {
    return this.localName;
  }

  get name(): string {
    return this.getAttribute("name") ?? "";
  }

  set name(value: string) {
    this.reflect("name", value);
  }

  get placeholder(): string {
    return this.getAttribute("placeholder") ?? "";
  }

  set placeholder(value: string) {
    this.reflect("placeholder", value);
  }

  get disabled(): boolean {
    return this.hasAttribute("disabled");
  }

  set disabled(value: boolean) {
    this.toggleAttribute("disabled", value);
  }

  get readOnly(): boolean {
    return this.hasAttribute("readonly");
  }

  set readOnly(value: boolean) {
    this.toggleAttribute("readonly", value);
  }

  get required(): boolean {
    return this.hasAttribute("required");
  }

  set required(value: boolean) {
    this.toggleAttribute("required", value);
  }
}
