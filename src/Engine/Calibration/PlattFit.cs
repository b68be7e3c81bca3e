namespace Microsoft.ML.Calibrators;

/// <summary>
/// Fits the logistic function by regularised Newton steps towards smoothed targets, as J. Platt describes it
/// ("Probabilistic outputs for support vector machines and comparisons to regularized likelihood methods", 1999).
/// </summary>
internal sealed class PlattFit
{
    private const int MaxIterations = 100;

    private readonly List<(float Score, bool IsPositive, float Weight)> _rows;
    private readonly double[] _probabilities;
    private readonly double _high;
    private readonly double _low;
    private double _slope;
    private double _offset;
    private double _damping = 1e-3;

    private PlattFit(CalibrationRows data)
    {
        _rows = data.Rows;
        double positives = 0;
        double negatives = 0;
        foreach (var (_, isPositive, weight) in _rows)
        {
            positives += isPositive ? weight : 0;
            negatives += isPositive ? 0 : weight;
        }
        _high = (positives + 1) / (positives + 2);
        _low = 1 / (negatives + 2);
        _offset = Math.Log((negatives + 1) / (positives + 1));
        _probabilities = new double[_rows.Count];
        Array.Fill(_probabilities, (positives + 1) / (negatives + positives + 2));
    }

    public static PlattCalibrator Fit(CalibrationRows data)
    {
        var fit = new PlattFit(data);
        fit.Run();
        return new(fit._slope, fit._offset);
    }

    private void Run()
    {
        double error = 1e300;
        int quiet = 0;
        for (int i = 0; i < MaxIterations; i++)
        {
            var moments = Derivatives();
            if (Math.Abs(moments.Slope) < 1e-9 && Math.Abs(moments.Offset) < 1e-9)
                return;
            double next = Step(moments, error);
            double change = next - error;
            double scale = 0.5 * (next + error + 1);
            quiet = change > -1e-3 * scale && change < 1e-7 * scale ? quiet + 1 : 0;
            error = next;
            if (quiet == 3)
                return;
        }
    }

    private (double Aa, double Bb, double Ab, double Slope, double Offset) Derivatives()
    {
        double aa = 0, bb = 0, ab = 0, slope = 0, offset = 0;
        for (int i = 0; i < _rows.Count; i++)
        {
            var (score, isPositive, weight) = _rows[i];
            double p = _probabilities[i];
            double curvature = p * (1 - p) * weight;
            double miss = (p - (isPositive ? _high : _low)) * weight;
            aa += score * score * curvature;
            bb += curvature;
            ab += score * curvature;
            slope += score * miss;
            offset += miss;
        }
        return (aa, bb, ab, slope, offset);
    }

    // Damps more until the error falls.
    private double Step((double Aa, double Bb, double Ab, double Slope, double Offset) m, double error)
    {
        double slope = _slope;
        double offset = _offset;
        while (true)
        {
            double determinant = ((m.Aa + _damping) * (m.Bb + _damping)) - (m.Ab * m.Ab);
            if (determinant == 0)
            {
                _damping *= 10;
                continue;
            }
            _slope = slope + ((((m.Bb + _damping) * m.Slope) - (m.Ab * m.Offset)) / determinant);
            _offset = offset + ((((m.Aa + _damping) * m.Offset) - (m.Ab * m.Slope)) / determinant);
            double next = Error();
            if (next < error * (1 + 1e-7))
            {
                _damping *= 0.1;
                return next;
            }
            _damping *= 10;
            if (_damping >= 1e6)
                return next;
        }
    }

    private double Error()
    {
        double error = 0;
        for (int i = 0; i < _rows.Count; i++)
        {
            var (score, isPositive, weight) = _rows[i];
            double p = 1 / (1 + Math.Exp((_slope * score) + _offset));
            double target = isPositive ? _high : _low;
            _probabilities[i] = p;
            error -= weight * ((target * Log(p)) + ((1 - target) * Log(1 - p)));
        }
        return error;
    }

    private static double Log(double p) => p > 0 ? Math.Log(p) : -200;
}
