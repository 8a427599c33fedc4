/** Operators of standard modules and of the community's that are not in the language: by `Module!Operator`. */
import type { Library } from '../library.js';
import type { ValueTable } from '../value-table.js';
import { apalacheOperators } from './apalache.js';
import { bagOperators } from './bags.js';
import { clockOperators } from './clocks.js';
import { functionOperators } from './functions.js';
import { graphOperators } from './graphs.js';
import { makeKit, type Operators } from './kit.js';
import { numberOperators } from './numbers.js';
import { pictureOperators } from './pictures.js';
import { sequenceOperators } from './sequences.js';
import { subSequenceOperators } from './sub-sequences.js';
import { checkerOperators, type Surroundings } from './tlc.js';
import { type World, worldOperators } from './world.js';

export const moduleOperators = (lib: Library, table: ValueTable, around: Surroundings, world: World): Operators => {
  const kit = makeKit(lib, table);
  return {
    ...checkerOperators(kit, around),
    ...bagOperators(kit),
    ...functionOperators(kit),
    ...sequenceOperators(kit),
    ...subSequenceOperators(kit),
    ...numberOperators(kit),
    ...graphOperators(kit),
    ...clockOperators(kit),
    ...pictureOperators(kit),
    ...apalacheOperators(kit),
    ...worldOperators(kit, world),
  };
};
