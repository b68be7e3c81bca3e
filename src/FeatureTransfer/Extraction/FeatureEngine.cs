using System.Buffers;
using FeatureTransfer.Devices;
using FeatureTransfer.Inputs.Images;

namespace FeatureTransfer.Extraction;

/// <summary>One input on its way to features: a path, or bytes with a name.</summary>
internal readonly record struct FeatureInput(string Name, ReadOnlyMemory<byte>? Bytes);

/// <summary>Features, or why there are none.</summary>
internal readonly record struct FeatureOutput(float[]? Features, BadInputException? Error);

/// <summary>Turns inputs into features: read, look up, decode, compute, keep.</summary>
internal sealed class FeatureEngine : IDisposable
{
    private readonly ImagePreprocessor _preprocessor;
    private readonly FeatureSession _session;
    private readonly byte[] _scope;
    private readonly FeatureCache? _cache;
    private readonly bool _ownsCache;
    private readonly int _batchSize;
    private readonly int _decodeThreads;

    public FeatureEngine(ExtractFeaturesOptions options, byte[] model, string name, ImageRecipe recipe, FeatureTransferServices services)
    {
        Recipe = recipe;
        _preprocessor = new ImagePreprocessor(recipe);
        _session = new FeatureSession(model, name, recipe, new SessionSettings
        {
            Device = services.Device ?? options.Device,
            IntraOpThreads = options.IntraOpThreads ?? 0,
            Logger = services.Logger,
        });
        _scope = FeatureKey.Scope(model, recipe.Fingerprint);
        _ownsCache = options.UseCache && services.Cache is null;
        _cache = _ownsCache ? new FeatureCache(FeatureTransferPaths.Features) : options.UseCache ? services.Cache : null;
        _batchSize = options.BatchSize;
        _decodeThreads = options.DecodeThreads ?? Environment.ProcessorCount;
    }

    public ImageRecipe Recipe { get; }

    public int Length => _session.Length;

    public int[] Shape => _session.Shape;

    /// <summary>How many rows ONNX Runtime computed; the others came from the cache.</summary>
    public long RowsComputed => _session.RowsComputed;

    /// <summary>Reads and decodes inputs side by side; what the cache has is not decoded.</summary>
    public PreparedInput[] Prepare(IReadOnlyList<FeatureInput> inputs, CancellationToken cancellationToken)
    {
        var prepared = new PreparedInput[inputs.Count];
        var options = new ParallelOptions { MaxDegreeOfParallelism = _decodeThreads, CancellationToken = cancellationToken };
        Parallel.For(0, inputs.Count, options, i => prepared[i] = Prepare(inputs[i]));
        return prepared;
    }

    /// <summary>Computes what the cache did not have, in batches.</summary>
    public FeatureOutput[] Compute(PreparedInput[] prepared, CancellationToken cancellationToken)
    {
        var outputs = Array.ConvertAll(prepared, input => new FeatureOutput(input.Cached, input.Error));
        var open = Enumerable.Range(0, prepared.Length).Where(i => prepared[i].Tensor is not null).ToArray();
        foreach (var batch in open.Chunk(_batchSize))
        {
            cancellationToken.ThrowIfCancellationRequested();
            ComputeBatch(prepared, batch, outputs);
        }

        if (open.Length > 0)
            _cache?.Flush();
        return outputs;
    }

    /// <summary>The features of one input.</summary>
    /// <exception cref="BadInputException">The input cannot be used.</exception>
    public float[] Single(FeatureInput input)
    {
        var output = Compute([Prepare(input)], CancellationToken.None)[0];
        return output.Features ?? throw output.Error!;
    }

    public void Dispose()
    {
        _session.Dispose();
        if (_ownsCache)
            _cache?.Dispose();
    }

    private PreparedInput Prepare(FeatureInput input)
    {
        try
        {
            var bytes = input.Bytes ?? InputFile.Read(input.Name);
            var key = FeatureKey.Of(bytes.Span, _scope);
            var features = new float[Length];
            if (_cache?.TryGet(key, features) == true)
                return new PreparedInput(key, null, features, null);
            var tensor = ArrayPool<float>.Shared.Rent(Recipe.TensorLength);
            try
            {
                _preprocessor.Read(bytes, tensor.AsSpan(0, Recipe.TensorLength), input.Name);
                return new PreparedInput(key, tensor, null, null);
            }
            catch
            {
                ArrayPool<float>.Shared.Return(tensor);
                throw;
            }
        }
        catch (BadInputException exception)
        {
            return new PreparedInput(default, null, null, exception);
        }
    }

    private void ComputeBatch(PreparedInput[] prepared, int[] batch, FeatureOutput[] outputs)
    {
        var rowLength = Recipe.TensorLength;
        var tensor = ArrayPool<float>.Shared.Rent(batch.Length * rowLength);
        var features = ArrayPool<float>.Shared.Rent(batch.Length * Length);
        for (var row = 0; row < batch.Length; row++)
        {
            prepared[batch[row]].Tensor.AsSpan(0, rowLength).CopyTo(tensor.AsSpan(row * rowLength));
            ArrayPool<float>.Shared.Return(prepared[batch[row]].Tensor!);
        }

        _session.Run(tensor, batch.Length, features);
        for (var row = 0; row < batch.Length; row++)
        {
            var values = features.AsSpan(row * Length, Length).ToArray();
            outputs[batch[row]] = new FeatureOutput(values, null);
            _cache?.Add(prepared[batch[row]].Key, values);
        }

        ArrayPool<float>.Shared.Return(tensor);
        ArrayPool<float>.Shared.Return(features);
    }

    /// <summary>An input between decoding and computing: a tensor to compute, features from the cache, or an error.</summary>
    internal readonly record struct PreparedInput(FeatureKey Key, float[]? Tensor, float[]? Cached, BadInputException? Error);
}
