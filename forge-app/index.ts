/** The manifest's handlers, one file each. */
export { admin } from './admin';
export { answer } from './answer';
export { approval, rejection } from './approval';
export { global } from './global';
export { hint } from './hint';
export { link } from './link';
export { tick } from './tick';
export { work } from './work';
