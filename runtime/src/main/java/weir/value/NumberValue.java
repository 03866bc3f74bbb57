package weir.value;

/// A number as ECMAScript has them: an IEEE 754 double. Datetimes are texts, durations are numbers of milliseconds.
public record NumberValue(double value) implements Value {}
