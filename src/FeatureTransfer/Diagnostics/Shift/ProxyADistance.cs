using FeatureTransfer.Heads;

namespace FeatureTransfer.Diagnostics;

/// <summary>
/// How well a linear classifier tells two samples apart: 2 (1 - 2e) for its error e on rows held out in turn, from 0 (not at all) to 2 (always). By
/// Ben-David and others, "A Theory of Learning from Different Domains" (2010).
/// </summary>
public static class ProxyADistance
{
    private const int Folds = 5;

    /// <summary>Compares two samples.</summary>
    /// <param name="samples">The rows; the error is the mean of the two samples' errors, so that neither counts more for having more rows.</param>
    /// <param name="seed">The seed of the folds. Default 1.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    public static double Of(TwoSamples samples, int seed = 1, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(samples);
        var rows = DomainClassifier.Rows(samples.Reference, samples.Fresh);
        var (wrong, counts) = (new int[2], new int[2]);
        foreach (var (train, test) in HeldOut.Folds(rows, Folds, seed))
        {
            var learned = DomainClassifier.Learn(train, cancellationToken);
            for (var row = 0; row < test.Count; row++)
            {
                counts[test.Labels[row]]++;
                wrong[test.Labels[row]] += learned.LogRatio(test.Row(row)) > 0 == (test.Labels[row] == 1) ? 0 : 1;
            }
        }

        var error = ((wrong[0] / (double)counts[0]) + (wrong[1] / (double)counts[1])) / 2;
        return Math.Max(0, 2 * (1 - (2 * error)));
    }
}
