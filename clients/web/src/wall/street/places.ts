// Where everything in the street stands, in units of which 1920 are the width of the wall. Houses side by side, in each
// the makers row by row, where their names allow it in the order of their seats, the investors below them: worked out
// and never found by forces, so that nobody moves who has not moved. Faces are as large as the fullest house allows,
// and alike in all of them; in a garage that is fuller still they are smaller.
import { EAVES, ROOF } from "../../parts/pictures/things/house";
import { type Cell, CLOSE, CROWDS, OWN_SCALES, SCALES, type Scale, SMALLER_SCALES, TOGETHER } from "./scales";
import {
  type Box,
  type Cut,
  cutIn,
  heightOf,
  isRoomBehind,
  leastHeight,
  PAD,
  type Spot,
  seatsBefore,
  seatsIn,
} from "./seats";
import { type Figure, GARAGE, type Place, type Town } from "./town";

export interface House extends Box {
  place: Place;
  /** Which of the roofs it has; the garage has its own. */
  roof: number | undefined;
  /** Where makers end and investors begin, from the upper edge of the house. */
  floor: number;
  /** Where desks are free. */
  free: readonly Spot[];
  /** Whether there is room for a rail of tools above its people: in the garage alone. */
  tools: boolean;
}

export interface Street {
  houses: readonly House[];
  people: ReadonlyMap<number, Spot>;
  /** Whether people are only counted. */
  counted: boolean;
}

/** The street on the wall: under the cord, over the strip; in a scene it is lower. */
export const STREET = { width: 1808, height: 694, low: 604 } as const;

const DRAWN_TO = 64; // people; more are only counted
const TOP = 30; // the cord hangs there
const BELOW = 4; // the line that a house stands on
const BETWEEN = 34;
/** The height of a house's sign, below its roof. */
export const SIGN = 112;
/** The height of the garage's rail of tools. */
export const TOOLS = 104;

/** Return where all houses and people stand. */
export function streetOf({ places, people }: Town, height: number = STREET.height): Street {
  const counted = people > DRAWN_TO;
  const houses = housesOf(places, people, height - BELOW - TOP);
  const spots = new Map<number, Spot>();
  if (counted) return { houses: houses.map(emptied), people: spots, counted };
  const scale = scaleOf(houses, height);
  const fitting = (house: Walls): Scale =>
    fits(house, scale) ? emptyIn(house, ownOf(house, scale)) : crowdIn(house, scale);
  return { houses: houses.map((house) => fill(house, fitting(house), spots)), people: spots, counted };
}

const OF_MAKERS = SCALES.filter(({ investor }) => !investor.text);

/** The sizes in the houses; in a scene of ties the names of investors give way where they cut those of makers. */
function scaleOf(all: readonly Walls[], height: number): Scale {
  const houses = all.filter(({ place }) => place.space !== GARAGE);
  const scale = scaleFor(houses, all);
  const ofMakers = all.map((house) => ({ ...house, place: { ...house.place, investors: [] } }));
  const isWhole = height > STREET.low || cutAt(ofMakers, scale).many === 0;
  const best = isWhole ? scale : scaleFor(houses, all, OF_MAKERS);
  return best.maker.text ? (namedToo(houses, all, best) ?? best) : bareFor(all, best);
}

/** Sizes with smaller faces where investors have no names: none of all is cut with them, and no desk is left out. */
function namedToo(houses: readonly Walls[], all: readonly Walls[], best: Scale): Scale | undefined {
  if (best.investor.text) return undefined;
  const desks = houses.map((house) => isDrawnIn(house, best));
  return CLOSE.filter(({ maker }) => maker.face <= best.maker.face && maker.face >= LESS * best.maker.face).find(
    (each) =>
      houses.every((house, at) => fits(house, each) && (isDrawnIn(house, each) || !desks[at])) &&
      cutAt(all, each).many === 0,
  );
}

/** The sizes where the fullest house has no room for names: with the largest faces that leave it to most others. */
function bareFor(all: readonly Walls[], largest: Scale): Scale {
  const houses = all.filter((house) => fits(house, largest));
  const isSmaller = ({ maker, investor }: Scale): boolean =>
    maker.face <= largest.maker.face && investor.face <= largest.investor.face;
  const bare = SCALES.filter((each) => !each.maker.text && each.maker.face >= ABOUT * largest.maker.face)
    .filter(isSmaller)
    .filter(({ maker }, at, same) => maker.face !== same[at - 1]?.maker.face);
  const lacks = bare.map((each) => sum(houses.map((house) => ownWith(house, ownOf(house, each)).ofAll)));
  return bare[lacks.indexOf(Math.min(...lacks))] ?? largest;
}

type Walls = Omit<House, "free" | "floor" | "tools">;

function emptied(house: Walls): House {
  return { ...house, free: [], floor: house.height, tools: false };
}

const ONE_HOUSE = 0.7; // of the street, where there is one space
const CROWDED = 0.5; // of all people in the garage, as before the doors open for the first time
const THEN_FOR_HOUSES = 0.45; // of the street, while the garage is crowded
const MOST_THEN = 430; // a house
const NARROWEST = 150; // a house in which a name can be read

const EMPTY_GARAGE = 280; // as wide as its sign

/** Return the walls, all houses alike; the garage is wider as long as most people are in it, and narrow while empty. */
function housesOf(places: readonly Place[], people: number, height: number): Walls[] {
  const spaces = Math.max(1, places.length - 1);
  const all = STREET.width - BETWEEN * (places.length - 1) - 2 * EAVES;
  const inGarage = places
    .filter(({ space }) => space === GARAGE)
    .flatMap(({ makers, investors }) => [...makers, ...investors]);
  const isCrowded = inGarage.length > CROWDED * people;
  const alike = spaces === 1 ? all * ONE_HOUSE : all / places.length;
  const theirs = inGarage.length === 0 ? Math.max(alike, (all - EMPTY_GARAGE) / spaces) : alike;
  const width = isCrowded ? Math.min(alike, MOST_THEN, Math.max(NARROWEST, (THEN_FOR_HOUSES * all) / spaces)) : theirs;
  return places.map((place, index) => ({
    place,
    roof: place.space === GARAGE ? undefined : index,
    x: EAVES + index * (width + BETWEEN),
    y: TOP,
    width: place.space === GARAGE ? all - spaces * width : width,
    height,
  }));
}

const SLIM = 220;

/** Whether a house is too narrow for a face on its sign: its operator then stands in it. */
export function isSlim({ width }: Pick<House, "width">): boolean {
  return width < SLIM;
}

/** A house whose name takes two lines on its sign. */
export const NARROW = 340;
/** The height of a line for the operator's name below such a sign. */
export const NAMED_BELOW = 42;

/** Whether the operator's name stands below the sign: in a narrow house that nobody has come into. */
export function isNamedBelow(house: Pick<House, "place" | "width">): boolean {
  const { makers, investors, operator } = house.place;
  return Boolean(operator) && !isSlim(house) && house.width < NARROW && makers.length + investors.length === 0;
}

const CROWDED_SCALES = [...SMALLER_SCALES, ...TOGETHER].sort((one, other) => other.maker.face - one.maker.face);

/** The sizes in a house fuller than the others, never larger: with names where there is room, else of a crowd. */
function crowdIn(house: Walls, { maker, investor }: Scale): Scale {
  const isNoLarger = (each: Scale): boolean => each.maker.face <= maker.face;
  const scales = investor.text ? SCALES : OF_MAKERS;
  const found = scaleFor([house], [house], scales.filter(isNoLarger));
  if (!found.maker.text) return CROWDS.find((each) => isNoLarger(each) && fits(house, each)) ?? found;
  const others = CROWDED_SCALES.filter((each) => isNoLarger(each) && (investor.text || !each.investor.text));
  return mostSaid(house, found, others);
}

/** Sizes in a house, and how much is not said with them. */
interface Own {
  scale: Scale;
  desks: number;
  ofMakers: number;
  ofAll: number;
}

/**
 * The sizes in a house of faces as large as in the others: with names, lines and places for which it alone may have
 * room, so that as many names as can be are whole. With them no more makers' are cut than with the sizes of the others,
 * and no free desk is left out, except for names where there were none.
 */
function ownOf(house: Walls, scale: Scale): Scale {
  return mostSaid(
    house,
    scale,
    OWN_SCALES.filter((each) => isAlike(each, scale)),
  );
}

/** Return the first of the sizes with which most names are whole: with no more makers' cut than before. */
function mostSaid(house: Walls, scale: Scale, others: readonly Scale[]): Scale {
  const all = ownWith(house, scale);
  return others
    .filter((each) => fits(house, each))
    .map((each) => ownWith(house, each))
    .filter(({ desks, ofMakers }) => ofMakers <= all.ofMakers && (desks >= all.desks || !scale.maker.text))
    .reduce((best, next) => (next.ofAll < best.ofAll ? next : best), all).scale;
}

/** Whether no name is missing that others have; investors whose names only this house has may have smaller faces. */
function isAlike({ maker, investor }: Scale, others: Scale): boolean {
  const isNamed = (maker.text || !others.maker.text) && (investor.text || !others.investor.text);
  const isSmaller = !others.investor.text && investor.face < others.investor.face;
  return maker.face === others.maker.face && (isSmaller || investor.face === others.investor.face) && Boolean(isNamed);
}

function ownWith(house: Walls, scale: Scale): Own {
  const { makers, investors } = house.place;
  const desks = desksIn(house, scale);
  const ofMakers = lackIn(house, makers, desks, scale.maker);
  return { scale, desks, ofMakers, ofAll: ofMakers + lackIn(house, investors, investors.length, scale.investor) };
}

/** How many names are cut; none at all is less. */
function lackIn(house: Walls, people: readonly Figure[], seats: number, cell: Cell): number {
  return cell.text ? cutIn(house, people, seats, cell).many : 2 * people.length;
}

/** The sizes in a house without makers: its desks are as large as all of them fit. */
function emptyIn(house: Walls, scale: Scale): Scale {
  const { makers, desks } = house.place;
  if (makers.length > 0 || desks === 0) return scale;
  const all = SCALES.map(({ maker }) => ({ ...scale, maker })).filter(({ maker }) => maker.face <= scale.maker.face);
  return all.find((each) => desksIn(house, each) >= desks) ?? scale;
}

const sum = (values: readonly number[]): number => values.reduce((all, value) => all + value, 0);

const LESS = 0.6; // of the largest faces, so that names are whole; or that free desks are drawn, for what is made
const ABOUT = 0.85; // of the largest with which as few are cut, so that those are cut less

/**
 * The largest faces with which everybody has a place in some houses; smaller ones where names are whole with them, in
 * those houses and in whichever others have room, best of all with every free desk: a narrow one where there is no
 * room for a wide one. Rather without a word of what is made than with a name cut or a free desk left out. Where a name
 * is so long that no size has room for it, as many of the others as can be are whole.
 */
function scaleFor(houses: readonly Walls[], others: readonly Walls[], scales = SCALES): Scale {
  const isRoom = (each: Scale): boolean => houses.every((house) => fits(house, each));
  const largest = scales.find(isRoom) ?? (SCALES.at(-1) as Scale);
  const isLike = (each: Scale): boolean =>
    each.maker.face >= LESS * largest.maker.face &&
    Boolean(each.maker.text) === Boolean(largest.maker.text) &&
    Boolean(each.investor.text) === Boolean(largest.investor.text) &&
    isRoom(each);
  const cutWith = (all: readonly Scale[]): Fit[] =>
    all.filter(isLike).map((scale) => ({ scale, ...cutAt(others, scale) }));
  const usual = cutWith(scales);
  const cuts = usual.every(({ many }) => many > 0) ? [...usual, ...cutWith(SMALLER_SCALES)] : usual;
  const fewest = Math.min(...cuts.map(({ many }) => many));
  const like = cuts.filter(({ many }) => many === fewest);
  const best = leastCut(like);
  const isWide = ({ scale }: Fit): boolean => houses.every((house) => isWideIn(house, scale));
  const isDrawn = ({ scale }: Fit): boolean => houses.every((house) => isDrawnIn(house, scale));
  const bare = largest.maker.withVenture ? like.find(isDrawn) : undefined;
  return (best.find(isWide) ?? best.find(isDrawn) ?? bare ?? best[0])?.scale ?? largest;
}

/** A size, and what is cut with it. */
interface Fit extends Cut {
  scale: Scale;
}

/** Return the largest of some sizes, or about as large: first those that say what is made, and cut the least. */
function leastCut(fits: readonly Fit[]): Fit[] {
  const least = ABOUT * Math.max(...fits.map(({ scale }) => scale.maker.face));
  const says = ({ scale }: Fit): number => Number(scale.maker.withVenture);
  return fits
    .filter(({ scale }) => scale.maker.face >= least)
    .sort((one, other) => says(other) - says(one) || one.by - other.by);
}

/** Whether all desks of a house are as wide as those of its makers; a slim house draws none that is free. */
function isWideIn(house: Walls, scale: Scale): boolean {
  return isSlim(house) || desksIn(house, scale) >= house.place.desks;
}

/** Whether a house has room for all its desks, be the free ones narrow. */
function isDrawnIn(house: Walls, scale: Scale): boolean {
  const { makers, desks } = house.place;
  return isWideIn(house, scale) || isRoomBehind(house, makers, desks - desksIn(house, scale), scale.maker);
}

/** What is cut in those houses that have room for everybody at a size. */
function cutAt(houses: readonly Walls[], scale: Scale): Cut {
  const cuts = houses
    .filter((house) => fits(house, scale))
    .flatMap((house) => {
      const { makers, investors } = house.place;
      return [
        cutIn(house, makers, desksIn(house, scale), scale.maker),
        cutIn(house, investors, investors.length, scale.investor),
      ];
    });
  return { many: sum(cuts.map(({ many }) => many)), by: sum(cuts.map(({ by }) => by)) };
}

function fits(house: Walls, scale: Scale): boolean {
  const { makers, desks } = house.place;
  const people = makers.length || Math.min(desks, 1);
  return leastNeed(house, scale, people) <= inside(house) && needs(house, scale, people) <= inside(house);
}

/** What a house needs at least, told at once: most sizes are too large for it. */
function leastNeed(house: Walls, { maker, investor }: Scale, desks: number): number {
  return leastHeight(house, desks, maker) + leastHeight(house, house.place.investors.length, investor);
}

function inside(house: Walls): number {
  return house.height - ROOF - SIGN - 2 * PAD - (isNamedBelow(house) ? NAMED_BELOW : 0);
}

function needs(house: Walls, { maker, investor }: Scale, desks: number): number {
  const { makers, investors } = house.place;
  const below = heightOf(house, investors, investors.length, investor);
  return heightOf(house, makers, desks, maker) + (below ? below + LANES : 0);
}

/** How many desks are drawn: all that there are or, where there is no room for them, those of the makers alone. */
function desksIn(house: Walls, scale: Scale): number {
  const { makers, desks } = house.place;
  const all = Math.max(makers.length, desks);
  return !isSlim(house) && needs(house, scale, all) <= inside(house) ? all : makers.length;
}

/** Between makers and investors, where the threads of deals run. */
export const LANES = 22;
const MOST_AIR = 1.3; // of a row, where there is more room than people need

/** Give everybody in a house a spot. */
function fill(house: Walls, scale: Scale, spots: Map<number, Spot>): House {
  const { place, height } = house;
  const desks = desksIn(house, scale);
  const needed = needs(house, scale, desks);
  const air = Math.min(MOST_AIR, inside(house) / Math.max(1, needed));
  const seated = heightOf(house, place.investors, place.investors.length, scale.investor) * air;
  const below = seated ? seated + LANES : 0;
  const ceiling = ROOF + SIGN;
  const floor = below ? height - below - PAD / 2 : height;
  const above = floor - ceiling - heightOf(house, place.makers, place.makers.length, scale.maker) * air;
  const tools = place.space === GARAGE && above > TOOLS;
  const from = ceiling + (tools ? TOOLS : isNamedBelow(house) ? NAMED_BELOW : PAD);
  const zone = { y: from, height: floor - from };
  const makers =
    desks < place.desks && !isSlim(house)
      ? seatsBefore(house, zone, place.makers, place.desks - desks, scale.maker)
      : seatsIn(house, zone, place.makers, desks, scale.maker);
  const investors = seatsIn(
    house,
    { y: floor + LANES, height: seated },
    place.investors,
    place.investors.length,
    scale.investor,
  );
  seat(place.makers, makers, spots);
  seat(place.investors, investors, spots);
  return { ...house, floor, free: makers.slice(place.makers.length), tools };
}

function seat(people: readonly Figure[], free: readonly Spot[], spots: Map<number, Spot>): void {
  for (const [index, { seat: id }] of people.entries()) {
    const spot = free[index];
    if (spot) spots.set(id, spot);
  }
}
