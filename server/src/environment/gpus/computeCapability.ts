/** What NVIDIA's GPUs can do, by the name that the driver gives them. */

/**
 * Compute capabilities, after https://developer.nvidia.com/cuda-gpus and https://developer.nvidia.com/cuda-legacy-gpus. A name belongs to one row or to none: how a family goes on isn't
 * guessed. Behind a name there may stand a memory, a socket or a slice ("Tesla V100-SXM2-16GB", "GRID T4-8Q").
 */
const FAMILIES: readonly (readonly [capability: number, names: RegExp])[] = [
  // Kepler
  [3.5, /\b(?:Tesla K(?:20|40)\w*|GeForce GTX TITAN(?: Black| Z)?$)/],
  [3.7, /\bTesla K80\b/],
  // Maxwell
  [5.0, /\b(?:Tesla|GRID) M10\b|\bGeForce GTX 750(?: Ti)?$/],
  [5.2, /\b(?:Tesla|GRID) M(?:4|40|60)\b|\bGeForce GTX 9[5-8]0(?: Ti)?$|\bGeForce GTX TITAN X\b|\bQuadro M6000\b/],
  // Pascal
  [6.0, /\bP100\b|\bQuadro GP100\b/],
  [6.1, /\b(?:Tesla|GRID) P(?:4|6|40)\b|\bGeForce (?:GTX 10[5-8]0|GT 10[13]0|MX1[35]0|MX[23][35]0)\b|(?<!GTX )\bTITAN X\b|\bTITAN Xp\b|\bQuadro P\d{3,4}\b/],
  // Volta
  [7.0, /\bV100[A-Z]{0,2}\b|\bTITAN V\b|\bQuadro GV100\b/],
  // Turing
  [7.5, /\bT4G?\b|\bGeForce (?:GTX 16[356]0|RTX 20[678]0|MX[45]50)\b|\bTITAN RTX\b|\bQuadro RTX [3-8]000\b|\bT(?:400|500|550|600|1000|1200|2000)\b/],
  // Ampere
  [8.0, /\bA(?:30|100|800)X?\b|\bCMP 170HX\b/],
  [8.6, /\bA(?:2|10|16|40)[GM]?\b|\bGeForce (?:RTX 2050|RTX 30[5-9]0|MX570)\b|\bRTX A\d{3,4}\b/],
  // Ada Lovelace
  [8.9, /\bL(?:2|4|20|40)[GS]?\b|\bGeForce RTX 40[5-9]0\b|\bRTX \d{3,4}(?: SFF)? Ada\b/],
  // Hopper
  [9.0, /\bG?H(?:20|100|200|800)\b/],
  // Blackwell
  [10.0, /\bG?B[12]00\b/],
  [10.3, /\bG?B300\b/],
  [12.0, /\bGeForce RTX 50[5-9]0\b|\bRTX PRO \d{3,4} Blackwell\b/],
  [12.1, /\bGB10\b/],
];

/** The compute capabilities of all rows that a name belongs to: one, or none. */
export function capabilitiesNamed(model: string): readonly number[] {
  return FAMILIES.flatMap(([capability, names]) => (names.test(model) ? [capability] : []));
}

/** Of a GPU whose name isn't known, nothing is. */
export function capabilityOf(model: string): number | undefined {
  const capabilities = capabilitiesNamed(model);
  return capabilities.length === 1 ? capabilities[0] : undefined;
}
