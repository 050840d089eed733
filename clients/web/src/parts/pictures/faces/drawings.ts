// Thirty-two faces that can be said aloud, each another outline, so that colour only helps. A drawing lies on a grid of
// 100 × 100, in the notation of `pen_strokes.ts`: its outline, which gets a white rim, then `|`, then what lies on it.

export interface Drawing {
  /** What is drawn; people read `face.N` of the texts. */
  name: string;
  color: string;
  strokes: string;
}

const ORANGE = "#EC7F35";
const RED = "#CF4533";
const BROWN = "#8C5B3A";
const GREEN = "#4F9E58";
const BLUE = "#4A8FD6";
const PURPLE = "#8464C8";
const PINK = "#F0A3B8";
const GREY = "#98A6A1";
const BLACK = "#2C3C39";
const WHITE = "#FFFFFF";

function draw(name: string, color: string, strokes: string): Drawing {
  return { name, color, strokes };
}

/** In the order of their numbers, from 1. */
export const DRAWINGS: readonly Drawing[] = [
  draw(
    "fox",
    ORANGE,
    `
      Bh M11 9L35 26Q50 21 65 26L89 9L87 52Q80 74 50 93Q20 74 13 52Z |
      W M15 55Q36 54 50 76Q64 54 85 55Q79 73 50 90.5Q21 73 15 55Z; m K M18 20L30 29L19 38Z; m K c35 50 5;
      K c50 86 7
    `,
  ),
  draw(
    "owl",
    GREEN,
    `
      Bh M15 10Q34 25 50 25Q66 25 85 10L88 54Q88 93 50 93Q12 93 12 54Z | m Wl c32.5 50 17.5;
      m K c34 50 7.5; Ol M42 60H58L50 75Z; l M35 84L40 88L45 84L50 88L55 84L60 88L65 84
    `,
  ),
  draw(
    "bear",
    BROWN,
    `
      m Bh c22 27 15; Bh c50 57 36 | m T c22 27 6; T e50 70 18 14; K e50 63 8 5.5;
      l M50 67V74M42 76Q50 81 58 76; m K c34 50 5
    `,
  ),
  draw(
    "rabbit",
    WHITE,
    `
      m Bh e33 25 11 23 -6; Bh c50 65 29 | m P e33 25 4.5 14 -6; m K c38 60 4.6; Pl M45 70H55L50 75Z;
      Wl q44 78 12 11 2; l M50 78V88
    `,
  ),
  draw(
    "cat",
    BLACK,
    `
      Bh M10 12L34 29Q50 25 66 29L90 12L92 58Q89 92 50 92Q11 92 8 58Z | m W e33 54 11 9; m K e33 54 3.6 8;
      m w M13 68L30 71M14 79L30 77; P M44 68H56L50 75Z; w M50 75V80M42 83Q46 84 50 80Q54 84 58 83
    `,
  ),
  draw(
    "mouse",
    GREY,
    `
      m Bh c22 32 20; Bh M50 32Q80 34 77 60Q70 86 50 93Q30 86 23 60Q20 34 50 32Z | m P c21 31 11;
      m l M40 78L18 74M40 82L20 86; m K c39 58 5; Pl c50 87 7
    `,
  ),
  draw(
    "pig",
    PINK,
    `
      Bh c50 56 36; m Bh M13 14L42 24L20 48Z | Tl e50 66 17 13; m K e44 66 3.2 5; m K c33 48 5;
      l M42 84Q50 88 58 84
    `,
  ),
  draw(
    "frog",
    GREEN,
    `
      m Bh c27 27 18; Bh q6 32 88 56 28 | m B c27 27 15.5; m Wl c27 26 10.5; m K c28 26 5; m K c44 54 2.5;
      4 M20 62Q50 86 80 62
    `,
  ),
  draw(
    "rooster",
    RED,
    `
      Bh M32 36Q20 14 36 18Q36 2 48 11Q58 -1 64 14Q78 8 70 34Z; Bh c50 58 32;
      Bh M43 80Q37 98 45 98Q50 98 50 92Q50 98 55 98Q63 98 57 80Z | m W c35 53 7; m K c36 53 3.8;
      Ol M38 62L62 62L50 80Z; l M38 62Q50 67 62 62
    `,
  ),
  draw(
    "elephant",
    BLUE,
    `
      m Bh e18 46 17 27 6;
      Bh M26 40Q26 14 50 14Q74 14 74 40L70 60Q64 68 60 70L59 86Q58 97 49 96Q41 95 42 86L40 70Q34 68 30 60Z
      | m T e17 47 8 17 6; m K c38 46 4.8; l M43 74H57M43 82H57; m Wl M33 66L30 80L39 71Z
    `,
  ),
  draw(
    "deer",
    BROWN,
    `
      m 7 M36 34L25 5M30 19L12 15M27 10L36 4; m Bh M32 42Q16 30 8 40Q14 54 32 54Z;
      Bh M31 36Q50 27 69 36Q76 56 63 86Q50 99 37 86Q24 56 31 36Z |
      T M38 70Q50 62 62 70L61 84Q50 94 39 84Z; K e50 85 9 6; m K c38 54 5; W c50 42 3; m W c43 46 2.2
    `,
  ),
  draw(
    "panda",
    WHITE,
    `
      m Kh c21 25 15; Bh e50 57 39 35 | m K e33 53 11 14 25; m W c35 52 4; K e50 66 7 5;
      l M50 70V75M42 78Q46 80 50 75Q54 80 58 78
    `,
  ),
  draw(
    "tiger",
    ORANGE,
    `
      m Bh c21 26 13; Bh e50 57 39 36 | m K M12 50L29 54L13 60ZM15 68L30 67L20 77Z;
      m K M33 24L41 40L40 23Z; K M46 22L50 42L54 22Z; W e50 72 18 13; Pl M43 62H57L50 70Z;
      l M50 70V75M42 78Q46 80 50 75Q54 80 58 78; m K c36 52 5
    `,
  ),
  draw(
    "lion",
    BROWN,
    `
      Bh r11 12 33 50 52 | B c50 52 34; Tl c50 54 27; K e50 62 7.5 5.5;
      l M50 66V71M42 74Q46 76 50 71Q54 76 58 74; m K c39 50 4.6
    `,
  ),
  draw(
    "penguin",
    BLACK,
    `
      Bh M50 8Q88 10 88 54Q88 93 50 93Q12 93 12 54Q12 10 50 8Z |
      W M50 40Q58 26 70 34Q82 46 75 68Q68 84 50 86Q32 84 25 68Q18 46 30 34Q42 26 50 40Z;
      Ol M40 58H60L50 71Z; m K c36 50 5
    `,
  ),
  draw(
    "rhino",
    GREY,
    `
      m Bh M34 32Q10 30 8 10Q28 8 42 26Z; Bh M20 46Q22 24 50 24Q78 24 80 46L86 68Q88 94 50 94Q12 94 14 68Z
      | Wl M33 74Q47 62 45 34Q62 52 67 74Q50 84 33 74Z; m K c26 51 4.8; m K e29 82 3.2 4.5; l M40 87H60
    `,
  ),
  draw(
    "hedgehog",
    PURPLE,
    `
      Bh s13 45 33 50 52 |
      Tl M50 46Q60 30 72 42Q80 58 62 76Q56 84 50 86Q44 84 38 76Q20 58 28 42Q40 30 50 46Z; m K c38 56 4.6;
      K c50 78 8
    `,
  ),
  draw(
    "sheep",
    PINK,
    `
      Bh r9 16 29 50 46; m Bh M28 54Q8 50 5 64Q16 74 31 66Z | B c50 46 31;
      Dl M31 52Q50 40 69 52Q71 90 50 94Q29 90 31 52Z; m W c41 62 6.5; m K c42 62 3.2; w M44 81L50 85L56 81
    `,
  ),
  draw(
    "cow",
    WHITE,
    `
      m Bh M30 28Q12 30 8 8Q22 14 36 16Z; m Bh M28 40Q10 32 4 44Q12 56 28 52Z;
      Bh M26 26Q50 14 74 26L74 60Q78 93 50 93Q22 93 26 60Z | K M50 21Q70 21 72 28L72 58Q56 66 52 44Z;
      Pl e50 77 22 15; m K e42 76 3 4.5; K c37 48 4.8; W c63 48 4.8
    `,
  ),
  draw(
    "dog",
    BROWN,
    `
      Ah M24 26Q50 8 76 26L78 62Q74 92 50 92Q26 92 22 62Z; m Bh M30 20Q0 16 5 68Q22 78 32 42Z |
      B e63 48 10 11; K e50 62 8.5 6; l M50 68V73; Pl M43 74H57V80Q57 88 50 88Q43 88 43 80Z;
      m K c37 48 4.8
    `,
  ),
  draw(
    "octopus",
    PURPLE,
    `
      Bh M16 44A34 34 0 0 1 84 44L84 64Q98 82 90 90Q80 94 76 82Q76 95 66 95Q57 95 58 82Q58 95 50 95
        Q42 95 42 82Q43 95 34 95Q24 95 24 82Q20 94 10 90Q2 82 16 64Z | m Wl c37 46 9.5; m K c39 46 4.6;
      m T c26 62 4; l M44 64Q50 69 56 64; T c38 20 3.5; T c50 16 2.6
    `,
  ),
  draw(
    "crab",
    RED,
    `
      m 6 M38 50V30M16 66L4 74M20 80L8 92; m Bh M22 56Q4 52 4 32Q6 14 20 12L17 26L28 22Q30 38 22 46Z;
      Bh e50 66 37 27; m Wh c38 27 10 | m K c39 27 4.6; m T c28 64 4; 4 M36 70Q50 82 64 70
    `,
  ),
  draw(
    "whale",
    BLUE,
    `
      6 M50 30V14M50 15Q40 1 32 10M50 15Q60 1 68 10;
      Bh M5 58Q5 26 50 26Q95 26 95 58Q95 92 50 92Q5 92 5 58Z |
      W M7.5 62Q50 78 92.5 62Q90 89.5 50 89.5Q10 89.5 7.5 62Z; l M7 62Q50 78 93 62;
      l M30 76V86M43 78V88M57 78V88M70 76V86; m K c22 52 5
    `,
  ),
  draw(
    "bat",
    PURPLE,
    `
      m Bh M30 44L3 26Q-1 52 6 78Q12 66 18 78Q24 66 32 76Z; m Bh M30 44L26 8L46 30Z; Bh c50 54 26 |
      m T M31 24L40 32L32 36Z; m W c40 50 6.5; m K c41 50 3.4; m W M42 64L48 64L45 72Z; l M38 64H62
    `,
  ),
  draw(
    "robot",
    BLUE,
    `
      6 M50 30V12; Bh c50 10 7; m Bh q5 48 14 22 3; Bh q15 27 70 64 8 | Wl q24 37 52 26 5;
      m K q32 44 9 12 1.5; Tl q32 72 36 10 2; l M41 72V82M50 72V82M59 72V82
    `,
  ),
  draw(
    "mushroom",
    RED,
    `
      Wh q28 48 44 45 16; Bh M4 54Q6 9 50 9Q94 9 96 54Q74 63 50 63Q26 63 4 54Z | W c50 24 8; m W c25 39 8;
      W c50 48 5; m K c41 73 4; l M45 82Q50 86 55 82
    `,
  ),
  draw(
    "cactus",
    GREEN,
    `
      Bh M36 66H24Q9 66 9 50V42A7 7 0 0 1 23 42V49Q23 53 28 53H36Z;
      Bh M64 54H74Q78 54 78 50V30A7 7 0 0 1 92 30V52Q92 68 76 68H64Z; Bh q32 13 36 80 18 | Pl c50 13 8;
      m K c41.5 46 4.4; l M44 57Q50 62 56 57;
      l M42 72L44 77M56 72L58 77M49 80L51 85M42 30L44 34M56 30L58 34
    `,
  ),
  draw(
    "ghost",
    WHITE,
    `
      Bh M14 92V46Q14 9 50 9Q86 9 86 46V92L74 80L62 92L50 80L38 92L26 80Z | m K e37 42 6 9; K e50 64 7 9;
      m P c24 58 4.5
    `,
  ),
  draw(
    "cloud",
    BLUE,
    `
      Th M22 78Q3 77 5 58Q7 44 22 43Q25 14 52 14Q74 15 79 40Q97 43 95 60Q94 78 78 78Z;
      Bh M28 82Q35 91 28 95Q21 91 28 82Z; Bh M50 82Q57 91 50 95Q43 91 50 82Z;
      Bh M72 82Q79 91 72 95Q65 91 72 82Z | m K c36 48 5; l M42 61Q50 67 58 61
    `,
  ),
  draw(
    "teapot",
    RED,
    `
      9 M78 46Q97 44 95 60Q93 76 76 76; Bh M26 60Q14 54 4 34L16 30Q22 42 34 46Z; Bh e50 64 32 28;
      Bh M30 40Q34 28 50 28Q66 28 70 40Z; Bh c50 22 7 | m K c38 60 4.6; l M43 72Q50 78 57 72;
      l M28 44Q50 36 72 44; m T c29 70 4
    `,
  ),
  draw(
    "pear",
    GREEN,
    `
      6 M50 24Q49 12 54 5; Bh M54 16Q64 2 80 9Q74 24 56 20Z;
      Bh M50 22Q67 22 69 42Q89 54 87 74Q83 95 50 95Q17 95 13 74Q11 54 31 42Q33 22 50 22Z | m K c37 58 4.8;
      l M40 71Q50 81 60 71; m T c26 70 4.5
    `,
  ),
  draw(
    "carrot",
    ORANGE,
    `
      Gh M50 36Q38 20 44 3Q52 12 50 36Q52 10 66 6Q68 22 50 36Q34 26 24 14Q40 10 50 36Z;
      Bh M17 42Q50 24 83 42Q78 74 50 97Q22 74 17 42Z | m K c38 50 4.8; l M43 62Q50 68 57 62;
      l M21 54L31 56M79 58L70 61M33 76L41 77M62 82L57 83
    `,
  ),
];

/** A bow at the upper right, for the second thirty-two. */
export const BOW = "Bh M64 8L80 16L64 27Z;Bh M98 8L82 16L98 27Z;Bh c81 17 6|";
export const BOW_COLOR = RED;
