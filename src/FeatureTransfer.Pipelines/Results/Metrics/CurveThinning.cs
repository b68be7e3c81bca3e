namespace FeatureTransfer.Pipelines.Results;

/// <summary>Takes points out of a curve that nobody would miss.</summary>
internal static class CurveThinning
{
    /// <summary>How many points are left.</summary>
    public const int Most = 200;

    /// <summary>
    /// A curve of at most <see cref="Most" /> points: the point that spans the smallest triangle with its neighbours goes first (Visvalingam and
    /// Whyatt, 1993). Of one that adds to the area and one that takes from it, the one that makes up for what went before is preferred, so that
    /// the area stays.
    /// </summary>
    /// <param name="curve">The points, by falling threshold.</param>
    /// <param name="threshold">A threshold whose point stays, as both ends do.</param>
    public static IReadOnlyList<CurvePoint> Thin(IReadOnlyList<CurvePoint> curve, double threshold) =>
        curve.Count <= Most ? curve : new Polyline(curve, OperatingPoint(curve, threshold)).Reduce(Most);

    /// <summary>Where a threshold lies on a curve: the last of its points whose own threshold is as high.</summary>
    /// <returns>The point's index; that of the first point for a threshold above all.</returns>
    public static int OperatingPoint(IReadOnlyList<CurvePoint> curve, double threshold) =>
        Math.Max(0, curve.TakeWhile(point => point.Threshold >= threshold).Count() - 1);

    private sealed class Polyline(IReadOnlyList<CurvePoint> curve, int kept)
    {
        private readonly int[] _before = [.. Enumerable.Range(-1, curve.Count)];
        private readonly int[] _after = [.. Enumerable.Range(1, curve.Count)];
        private readonly double[] _change = new double[curve.Count];
        private readonly PriorityQueue<(int Point, double Change), double> _gains = new();
        private readonly PriorityQueue<(int Point, double Change), double> _losses = new();
        private readonly bool[] _gone = new bool[curve.Count];

        public IReadOnlyList<CurvePoint> Reduce(int most)
        {
            for (var point = 1; point < curve.Count - 1; point++)
                Enqueue(point);
            var error = 0.0;
            for (var count = curve.Count; count > most; count--)
            {
                var point = Next(error);
                error += _change[point];
                Remove(point);
            }

            return [.. curve.Where((_, i) => !_gone[i])];
        }

        // What taking the point out adds to the area: half the cross product of the ways to it and on from it.
        private double Change(int point)
        {
            var (a, b, c) = (curve[_before[point]], curve[point], curve[_after[point]]);
            return (((b.X - a.X) * (c.Y - b.Y)) - ((b.Y - a.Y) * (c.X - b.X))) / 2;
        }

        private void Enqueue(int point)
        {
            if (point == kept || point == 0 || point == curve.Count - 1)
                return;
            var change = _change[point] = Change(point);
            (change > 0 ? _gains : _losses).Enqueue((point, change), Math.Abs(change));
        }

        private int Next(double error)
        {
            var (gain, loss) = (Peek(_gains), Peek(_losses));
            var queue = Cost(gain, error) <= Cost(loss, error) ? _gains : _losses;
            return queue.Dequeue().Point;
        }

        // Twice its own size, so that no large corner goes only because it would make up for much.
        private static double Cost(double? change, double error) => change is { } size ? Math.Abs(error + size) + (2 * Math.Abs(size)) : double.PositiveInfinity;

        // Entries from before a neighbour went are passed over.
        private double? Peek(PriorityQueue<(int Point, double Change), double> queue)
        {
            while (queue.TryPeek(out var entry, out _))
            {
                if (!_gone[entry.Point] && entry.Change == _change[entry.Point])
                    return entry.Change;
                queue.Dequeue();
            }

            return null;
        }

        private void Remove(int point)
        {
            _gone[point] = true;
            var (before, after) = (_before[point], _after[point]);
            (_after[before], _before[after]) = (after, before);
            Enqueue(before);
            Enqueue(after);
        }
    }
}
