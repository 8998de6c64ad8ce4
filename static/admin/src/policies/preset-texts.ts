import cis from '../../../../src/policy/presets/cis-45.json?raw';
import cmmc from '../../../../src/policy/presets/cmmc-30-then-90.json?raw';
import contractors from '../../../../src/policy/presets/contractors-30.json?raw';
import idle from '../../../../src/policy/presets/idle-90.json?raw';
import leavers from '../../../../src/policy/presets/leaver-list.json?raw';
import neverUsed from '../../../../src/policy/presets/never-used-14.json?raw';
import pci from '../../../../src/policy/presets/pci-dss-8.2.6-90.json?raw';
import seatPool from '../../../../src/policy/presets/seat-pool.json?raw';
import staged from '../../../../src/policy/presets/staged.json?raw';

/** The documents that the core keeps as presets, in its order. */
export const PRESET_TEXTS = [idle, neverUsed, contractors, pci, cis, cmmc, leavers, staged, seatPool];
