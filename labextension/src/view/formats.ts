/** Writes sizes, times and durations the way the learner's language does. */

/** How numbers are written in one language. */
export class Formats {
  /**
   * @param locale - A BCP 47 tag, such as "zh-CN".
   */
  constructor(private readonly locale: string) {
    // To make one takes longer than to use it a hundred times.
    this.clocks = new Intl.DateTimeFormat(locale, {
      hour: '2-digit',
      minute: '2-digit',
      second: '2-digit',
      hourCycle: 'h23'
    });
    this.moments = new Intl.DateTimeFormat(locale, {
      dateStyle: 'medium',
      timeStyle: 'medium'
    });
  }

  /** A size in bytes, in the decimal units that Docker uses. */
  bytes(size: number): string {
    const step = Math.min(
      Math.max(0, Math.floor(Math.log10(Math.max(size, 1)) / 3)),
      UNITS.length - 1
    );
    const value = size / 1000 ** step;
    return new Intl.NumberFormat(this.locale, {
      style: 'unit',
      unit: UNITS[step] ?? 'byte',
      unitDisplay: 'short',
      maximumFractionDigits: value < 10 && step > 0 ? 1 : 0
    }).format(value);
  }

  /** A duration in seconds, in its largest unit and the next one. */
  duration(seconds: number): string {
    const whole = Math.max(0, Math.round(seconds));
    const parts: [number, string][] = [
      [Math.floor(whole / 86400), 'day'],
      [Math.floor(whole / 3600) % 24, 'hour'],
      [Math.floor(whole / 60) % 60, 'minute'],
      [whole % 60, 'second']
    ];
    const first = parts.findIndex(([value]) => value > 0);
    const shown = first < 0 ? parts.slice(3) : parts.slice(first, first + 2);
    return shown
      .filter(([value], index) => index === 0 || value > 0)
      .map(([value, unit]) =>
        new Intl.NumberFormat(this.locale, {
          style: 'unit',
          unit,
          unitDisplay: 'short'
        }).format(value)
      )
      .join(' ');
  }

  /** The time of day of a moment, in seconds since the epoch. */
  clock(time: number): string {
    return this.clocks.format(time * 1000);
  }

  /** A date and time, in seconds since the epoch. */
  moment(time: number): string {
    return this.moments.format(time * 1000);
  }

  private readonly clocks: Intl.DateTimeFormat;
  private readonly moments: Intl.DateTimeFormat;
}

const UNITS = ['byte', 'kilobyte', 'megabyte', 'gigabyte', 'terabyte'];
