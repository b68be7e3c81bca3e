using FeatureTransfer.Inputs.Images;
using Microsoft.ML.OnnxRuntime;

namespace FeatureTransfer.Benchmarks.Against.Node;

/// <summary>I: tensors that lie in memory to features, nothing else, with all cores busy.</summary>
internal static class InferenceAlone
{
    public static Contender Of(byte[] model, ImagePreprocessing preprocessing)
    {
        var cores = Environment.ProcessorCount;
        var batches = new[] { 1, 2, 4, 8, 32 };
        var together = batches.Select(batch => Setting(model, preprocessing, batch, runs: 1, threads: cores));
        var apart = batches.Select(batch => Setting(model, preprocessing, batch, runs: cores, threads: 1));
        return new("I: inference alone", [.. together.Concat(apart)]);
    }

    private static Setting Setting(byte[] model, ImagePreprocessing preprocessing, int batch, int runs, int threads)
    {
        var session = new Lazy<InferenceSession>(() => Open(model, threads));
        return new($"batch {batch}, {runs} at once, {threads} intra-op threads", images =>
        {
            using var options = new RunOptions();
            return batch * Workers.Rate(runs, images.Count / batch, () => Work(session.Value, options, preprocessing, batch));
        });
    }

    private static Action<int> Work(InferenceSession session, RunOptions options, ImagePreprocessing preprocessing, int batch)
    {
        var random = new Random(1);
        var tensor = new float[batch * preprocessing.TensorLength];
        foreach (ref var value in tensor.AsSpan())
            value = random.NextSingle();
        var input = OrtValue.CreateTensorValueFromMemory(tensor, [batch, 3, preprocessing.Height, preprocessing.Width]);
        void Run(int i) => session.Run(options, [session.InputNames[0]], [input], session.OutputNames).Dispose();
        Run(0);
        return Run;
    }

    private static InferenceSession Open(byte[] model, int threads)
    {
        using var options = new SessionOptions { IntraOpNumThreads = threads, LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR };
        return new InferenceSession(model, options);
    }
}
