using FeatureTransfer.Extraction.Flow;

namespace FeatureTransfer.Extraction;

/// <summary>
/// Features of many inputs: decoding and inference overlap over bounded, pooled memory, and rows come out in the order in which they went in.
/// The source is read from one thread at a time, ahead of the consumer by a bounded number of rows.
/// </summary>
internal sealed class FeatureFlow(FixedEngine engine)
{
    /// <summary>Runs the inputs through. A consumer that stops early stops the work.</summary>
    /// <param name="inputs">The inputs, each with what belongs to it.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <param name="total">How many there are; null asks the source, where that costs nothing.</param>
    public IEnumerable<FlowRow<T>> Run<T>(IEnumerable<FlowInput<T>> inputs, CancellationToken cancellationToken, long? total = null)
    {
        cancellationToken.ThrowIfCancellationRequested();
        total ??= inputs.TryGetNonEnumeratedCount(out var count) ? count : null;
        using var source = inputs.GetEnumerator();
        for (var limit = engine.Tuner.RowsBefore(total); ; limit = long.MaxValue)
        {
            using (var leg = engine.StartLeg(source, limit, total, cancellationToken))
            {
                while (leg.Wait())
                {
                    while (leg.TryTake(out var row))
                    {
                        cancellationToken.ThrowIfCancellationRequested();
                        yield return FiniteFeatures.Checked(row);
                    }
                }

                if (!leg.ReachedLimit)
                    yield break;
            }

            // So much was computed, and there is more: worth the time to find what is fastest.
            engine.Tune(cancellationToken);
        }
    }
}
