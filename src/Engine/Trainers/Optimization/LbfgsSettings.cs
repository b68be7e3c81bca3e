namespace Microsoft.ML.Trainers;

/// <summary>How to minimise.</summary>
/// <param name="HistorySize">How many steps the curvature is taken from.</param>
/// <param name="L1">The weight of the absolute values of the penalised parameters.</param>
/// <param name="FreeCount">How many parameters at the start are not penalised and may be negative.</param>
/// <param name="NonNegative">Whether the other parameters are kept from being negative.</param>
/// <param name="Tolerance">Stop when the mean relative improvement of the last steps is less.</param>
/// <param name="MaxIterations">Stop after as many steps.</param>
internal sealed record LbfgsSettings(int HistorySize, double L1, int FreeCount, bool NonNegative, double Tolerance, int MaxIterations);

/// <summary>Where the minimisation ended.</summary>
internal sealed record LbfgsResult(double[] X, double Value, int Iterations);
