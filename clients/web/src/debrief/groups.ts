// Which curves are drawn together: those that share a scale.
export const CURVE_GROUPS = ["credits", "community", "deals", "efficiency", "vitality"] as const;
