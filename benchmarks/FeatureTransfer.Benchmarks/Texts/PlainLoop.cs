using System.Numerics.Tensors;
using FastBertTokenizer;
using FeatureTransfer.Inputs.Text;
using Microsoft.ML.OnnxRuntime;

namespace FeatureTransfer.Benchmarks.Texts;

/// <summary>What a developer would write: FastBertTokenizer, batches of 32 texts of like length, ONNX Runtime as it comes, and the mean over the tokens.</summary>
internal sealed class PlainLoop : IDisposable
{
    private const int Batch = 32;
    private readonly BertTokenizer _tokenizer = new();
    private readonly InferenceSession _session;
    private readonly int _maxTokens;

    public PlainLoop(TextPreparation preparation)
    {
        using var vocabulary = new StreamReader(new MemoryStream(preparation.Settings.Files[0].Content.ToArray()));
        _tokenizer.LoadVocabulary(vocabulary, convertInputToLowercase: true);
        _maxTokens = preparation.MaxTokens;
        _session = new InferenceSession(Directory.GetFiles(FeatureTransferPaths.Models, "minilm_l6.sbert-*.onnx")[0]);
    }

    public float[][] Run(IReadOnlyList<string> texts)
    {
        var features = new float[texts.Count][];
        var encoded = texts.Select((text, row) => (Row: row, Ids: _tokenizer.Encode(text, _maxTokens).InputIds.ToArray())).OrderBy(text => text.Ids.Length).ToList();
        foreach (var batch in encoded.Chunk(Batch))
        {
            var length = batch[^1].Ids.Length;
            var (ids, mask) = (new long[batch.Length * length], new long[batch.Length * length]);
            for (var i = 0; i < batch.Length; i++)
            {
                batch[i].Ids.CopyTo(ids.AsSpan(i * length));
                mask.AsSpan(i * length, batch[i].Ids.Length).Fill(1);
            }

            var vectors = Run(ids, mask, [batch.Length, length], [.. batch.Select(text => text.Ids.Length)]);
            for (var i = 0; i < batch.Length; i++)
                features[batch[i].Row] = vectors[i];
        }

        return features;
    }

    public void Dispose() => _session.Dispose();

    private float[][] Run(long[] ids, long[] mask, long[] shape, int[] lengths)
    {
        using var idsValue = OrtValue.CreateTensorValueFromMemory(ids, shape);
        using var maskValue = OrtValue.CreateTensorValueFromMemory(mask, shape);
        using var types = OrtValue.CreateTensorValueFromMemory(new long[ids.Length], shape);
        using var options = new RunOptions();
        using var results = _session.Run(options, ["input_ids", "attention_mask", "token_type_ids"], [idsValue, maskValue, types], ["last_hidden_state"]);
        var width = (int)results[0].GetTensorTypeAndShape().Shape[2];
        var hidden = results[0].GetTensorDataAsSpan<float>();
        var vectors = new float[lengths.Length][];
        for (var row = 0; row < lengths.Length; row++)
        {
            vectors[row] = new float[width];
            for (var token = 0; token < lengths[row]; token++)
                TensorPrimitives.Add(vectors[row], hidden.Slice(((row * (int)shape[1]) + token) * width, width), vectors[row]);
            TensorPrimitives.Divide(vectors[row], lengths[row], vectors[row]);
        }

        return vectors;
    }
}
