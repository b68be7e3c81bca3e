namespace Microsoft.ML.Data;

/// <summary>Scores of rows of two classes, and the areas under the curves that they draw.</summary>
internal sealed class RankedScores
{
    private readonly List<(float Score, bool IsPositive)> _rows = [];
    private int _positives;

    public void Add(float score, bool isPositive)
    {
        _rows.Add((score, isPositive));
        _positives += isPositive ? 1 : 0;
    }

    /// <summary>Puts the rows in falling order of their scores; rows of one score keep their order.</summary>
    public void Sort()
    {
        if (_positives == 0)
            throw new ArgumentOutOfRangeException("PosSample", "AUC is not defined when there is no positive class in the data");
        if (_positives == _rows.Count)
            throw new ArgumentOutOfRangeException("NegSample", "AUC is not defined when there is no negative class in the data");
        var sorted = _rows.OrderByDescending(r => r.Score).ToArray();
        _rows.Clear();
        _rows.AddRange(sorted);
    }

    /// <summary>The share of pairs of a positive and a negative row in which the positive has the higher score.</summary>
    public double AreaUnderRoc()
    {
        double pairs = 0;
        double positivesAbove = 0;
        for (int i = 0; i < _rows.Count;)
        {
            double positives = 0;
            double negatives = 0;
            for (float score = _rows[i].Score; i < _rows.Count && _rows[i].Score == score; i++)
            {
                positives += _rows[i].IsPositive ? 1 : 0;
                negatives += _rows[i].IsPositive ? 0 : 1;
            }
            pairs += negatives * (positivesAbove + (positives / 2));
            positivesAbove += positives;
        }
        return pairs / ((double)_positives * (_rows.Count - _positives));
    }

    /// <summary>By trapezoids over the points that each row adds to the curve, beginning at precision 1.</summary>
    public double AreaUnderPrecisionRecall()
    {
        double area = 0;
        double recall = 0;
        double precision = 1;
        double hits = 0;
        for (int i = 0; i < _rows.Count; i++)
        {
            hits += _rows[i].IsPositive ? 1 : 0;
            double nextRecall = hits / _positives;
            double nextPrecision = hits / (i + 1);
            area += (nextRecall - recall) * (precision + nextPrecision) / 2;
            (recall, precision) = (nextRecall, nextPrecision);
        }
        return area;
    }

    /// <summary>The share of positive rows above the first <paramref name="count"/> negative ones.</summary>
    public double DetectionRateAt(int count)
    {
        int hits = 0;
        int misses = 0;
        foreach (var (_, isPositive) in _rows)
        {
            if (isPositive)
                hits++;
            else if (++misses > count)
                break;
        }
        return (double)hits / _positives;
    }
}
