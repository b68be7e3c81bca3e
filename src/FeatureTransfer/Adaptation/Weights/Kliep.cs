using FeatureTransfer.Diagnostics;

namespace FeatureTransfer.Adaptation;

/// <summary>The Kullback-Leibler importance estimation procedure.</summary>
internal static class Kliep
{
    private const int Centres = 100;
    private const int Folds = 5;
    private const int Iterations = 500;

    // Multiples of the median distance.
    private static readonly double[] _widths = [0.1, 0.25, 0.5, 1, 2];

    /// <summary>The ratio of densities as a sum of kernels.</summary>
    public static KernelSumMap Learn(DomainRows rows, int seed, CancellationToken cancellation)
    {
        double[][] target = [.. rows.Target];
        new Random(seed).Shuffle(target);
        double[][] centres = [.. target.Take(Centres)];
        var median = GaussianKernel.OfMedian([.. rows.Source, .. target]).Width;
        var best = _widths.Select(width => new GaussianKernel(width * median)).MaxBy(kernel => HeldOutLikelihood(kernel, rows.Source, target, centres, cancellation))!;
        return new KernelSumMap(centres, Weights(best.All(target, centres, cancellation), best.All(rows.Source, centres, cancellation), cancellation), best.Width);
    }

    /// <summary>
    /// The largest mean log of the kernels' sum over target rows, for weights from 0 on under which the sum over source rows is 1 on average. Scaled by
    /// that average, the weights are shares of a mixture, and each step of expectation-maximization makes the likelihood larger.
    /// </summary>
    /// <param name="target">The kernels of target rows (rows, centres).</param>
    /// <param name="source">Those of source rows.</param>
    /// <param name="cancellation">Stops the work.</param>
    public static double[] Weights(double[][] target, double[][] source, CancellationToken cancellation)
    {
        double[] means = [.. Enumerable.Range(0, target[0].Length).Select(centre => Math.Max(source.Average(row => row[centre]), 1e-12))];
        var weights = Array.ConvertAll(means, mean => 1 / (mean * means.Length));
        for (var i = 0; i < Iterations; i++)
        {
            cancellation.ThrowIfCancellationRequested();
            var shares = new double[weights.Length];
            foreach (var row in target)
            {
                var sum = Math.Max(Sum(row, weights), double.Epsilon);
                for (var centre = 0; centre < shares.Length; centre++)
                    shares[centre] += row[centre] / sum;
            }

            for (var centre = 0; centre < shares.Length; centre++)
                weights[centre] *= shares[centre] / (target.Length * means[centre]);
        }

        return weights;
    }

    private static double HeldOutLikelihood(GaussianKernel kernel, double[][] source, double[][] target, double[][] centres, CancellationToken cancellation)
    {
        var (ofTarget, ofSource) = (kernel.All(target, centres, cancellation), kernel.All(source, centres, cancellation));
        return Enumerable.Range(0, Math.Min(Folds, target.Length)).Average(fold =>
        {
            var weights = Weights([.. ofTarget.Where((_, row) => row % Folds != fold)], ofSource, cancellation);
            return ofTarget.Where((_, row) => row % Folds == fold).Average(row => Math.Log(Math.Max(Sum(row, weights), 1e-300)));
        });
    }

    private static double Sum(double[] kernels, double[] weights) => System.Numerics.Tensors.TensorPrimitives.Dot<double>(kernels, weights);
}
