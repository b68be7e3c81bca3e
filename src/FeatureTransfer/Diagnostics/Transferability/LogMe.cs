using MathNet.Numerics.LinearAlgebra;

namespace FeatureTransfer.Diagnostics;

/// <summary>
/// How well features predict classes by a linear model, without training one: the logarithm of the largest evidence of Bayesian linear regression, a
/// row, averaged over the classes. Higher is better; scores compare on the same rows alone. By You and others, "LogME: Practical Assessment of
/// Pre-trained Models for Transfer Learning" (2021), with the fixed-point iteration of their "Ranking and Tuning Pre-trained Models" (2022).
/// </summary>
public static class LogMe
{
    private const int Iterations = 100;
    private const double Tolerance = 1e-6;

    /// <summary>The score.</summary>
    /// <param name="data">Features and classes; some hundred rows are enough, and time grows with the cube of the smaller of rows and features.</param>
    public static double Of(LabelledFeatures data)
    {
        ArgumentNullException.ThrowIfNull(data);
        var spectrum = Spectrum.Of(data.Matrix(centred: false));
        return data.UsedClasses.Average(value => Evidence(spectrum, data.Indicator(value), data.Length)) / data.Count;
    }

    // Alpha is the precision of the weights, beta that of the noise.
    private static double Evidence(Spectrum spectrum, Vector<double> target, int features)
    {
        var (rows, squares) = (target.Count, spectrum.Squares);
        var along = spectrum.Left.TransposeThisAndMultiply(target).PointwisePower(2);
        var beyond = Math.Max(0, target.DotProduct(target) - along.Sum());
        var (alpha, beta) = (1.0, 1.0);
        var (weights, residual) = (0.0, 0.0);
        for (var i = 0; i < Iterations; i++)
        {
            var ratio = alpha / beta;
            var effective = squares.Sum(square => square / (square + ratio));
            weights = squares.Zip(along, (square, part) => square * part / Square(square + ratio)).Sum();
            residual = squares.Zip(along, (square, part) => part / Square(1 + (square / ratio))).Sum() + beyond;
            alpha = effective / Math.Max(weights, double.Epsilon);
            beta = (rows - effective) / Math.Max(residual, 1e-300);
            if (Math.Abs((alpha / beta) - ratio) <= Tolerance * ratio)
                break;
        }

        var volume = squares.Sum(square => Math.Log(alpha + (beta * square))) + ((features - squares.Count) * Math.Log(alpha));
        return 0.5 * ((features * Math.Log(alpha)) + (rows * Math.Log(beta)) - volume - (beta * residual) - (alpha * weights) - (rows * Math.Log(2 * Math.PI)));
    }

    private static double Square(double value) => value * value;
}
