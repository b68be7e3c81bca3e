using System.Collections.Concurrent;
using FeatureTransfer.Extraction.Sessions;

namespace FeatureTransfer.Extraction.Flow;

/// <summary>
/// Features of one input at a time, for many callers: each works on its own thread and in pooled memory; so many at once as there are cores,
/// the others wait, so that neither memory nor the time of each grows with the callers.
/// </summary>
internal sealed class FeatureOne(FeatureStages stages, FeatureSession session, TensorPool pool, int callers) : IDisposable
{
    private readonly SemaphoreSlim _places = new(callers);
    private readonly ConcurrentBag<EncodedBuffer> _buffers = [];

    /// <summary>The features of one input.</summary>
    /// <exception cref="BadInputException">The input cannot be used.</exception>
    public float[] Extract(FeatureInput input, CancellationToken cancellationToken = default)
    {
        _places.Wait(cancellationToken);
        try
        {
            return Compute(input);
        }
        finally
        {
            _places.Release();
        }
    }

    /// <summary>The features of one input; waiting for a core holds no thread.</summary>
    /// <exception cref="BadInputException">The input cannot be used.</exception>
    public async Task<float[]> ExtractAsync(FeatureInput input, CancellationToken cancellationToken)
    {
        await _places.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            return await Task.Run(() => Compute(input), cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            _places.Release();
        }
    }

    public void Dispose() => _places.Dispose();

    private float[] Compute(FeatureInput input)
    {
        var tensors = pool.Rent(1);
        if (!_buffers.TryTake(out var buffer))
            buffer = new EncodedBuffer();
        try
        {
            var prepared = stages.Prepare(input, buffer, () => tensors, 0);
            if (prepared.Cached is { } features)
                return features;
            session.Run(tensors, 1);
            features = stages.Take(tensors, 0, prepared.Key);
            stages.Flush();
            return features;
        }
        finally
        {
            _buffers.Add(buffer);
            pool.Return(tensors);
        }
    }
}
