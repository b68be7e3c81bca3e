using System.Collections.Concurrent;
using FeatureTransfer.Extraction.Sessions;

namespace FeatureTransfer.Extraction.Flow;

/// <summary>
/// Features of one input at a time, for many callers: each works on its own thread and in pooled memory; so many at once as there are cores,
/// the others wait for their turn, so that memory does not grow with the callers. The cache is not used: it would grow with images that are seen once.
/// </summary>
internal sealed class FeatureOne(Func<ReadOnlyMemory<byte>, string, float[]> compute, int callers) : IDisposable
{
    private readonly UseCount _uses = new(nameof(FeaturePredictor));
    private readonly FairPlaces _places = new(callers);
    private readonly ConcurrentBag<EncodedBuffer> _buffers = [];

    /// <summary>The features of one input.</summary>
    /// <exception cref="BadInputException">The input cannot be used.</exception>
    public float[] Extract(FeatureInput input, CancellationToken cancellationToken = default)
    {
        using var use = _uses.Enter();
        _places.EnterAsync(cancellationToken).GetAwaiter().GetResult();
        try
        {
            return Compute(input);
        }
        finally
        {
            _places.Leave();
        }
    }

    /// <summary>The features of one input; waiting for a core holds no thread.</summary>
    /// <exception cref="BadInputException">The input cannot be used.</exception>
    public async Task<float[]> ExtractAsync(FeatureInput input, CancellationToken cancellationToken)
    {
        using var use = _uses.Enter();
        await _places.EnterAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            return await Task.Run(() => Compute(input), cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            _places.Leave();
        }
    }

    /// <summary>Waits for those who are waiting for an answer; nobody comes after.</summary>
    public void Dispose() => _uses.Close();

    private float[] Compute(FeatureInput input)
    {
        if (!_buffers.TryTake(out var buffer))
            buffer = new EncodedBuffer();
        try
        {
            var features = compute(buffer.Read(input), input.Name);
            return FiniteFeatures.Fault(input.Name, features) is { } fault ? throw fault : features;
        }
        finally
        {
            _buffers.Add(buffer);
        }
    }
}
