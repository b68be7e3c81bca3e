namespace FeatureTransfer.FineTuning;

/// <summary>Puts a head on a graph of features.</summary>
internal sealed class HeadBuilder(GraphBuilder builder, HeadOptions options, int seed)
{
    private readonly List<string> _weights = [];

    /// <summary>Adds the nodes of the head and names them.</summary>
    /// <param name="features">The tensor to read, (batch, <paramref name="length"/>).</param>
    /// <param name="length">The features a row.</param>
    /// <param name="outputs">The outputs a row.</param>
    /// <param name="task">What is learned, which decides the last activation.</param>
    /// <param name="labels">The classes.</param>
    public TuningLayout Build(string features, int length, int outputs, FineTuneTask task, IReadOnlyList<string> labels)
    {
        var (mean, scale) = options.Standardize ? Standardizer(length) : (null, null);
        var tensor = mean is null ? features : builder.Node("Sub", builder.Unused("head/centred"), [features, mean]);
        tensor = scale is null ? tensor : builder.Node("Mul", builder.Unused("head/standardized"), [tensor, scale]);
        for (var layer = 0; layer < options.Hidden.Count; layer++)
        {
            var width = options.Hidden[layer];
            tensor = Linear($"head/{layer}/", $"head/{layer}/linear", tensor, Uniform(length, width, seed + layer), length, width);
            tensor = builder.Node("Relu", builder.Unused($"head/{layer}/relu"), [tensor]);
            length = width;
        }

        // A linear last layer at 0 begins without a preference and has one solution only.
        var logits = Linear("head/", "logits", tensor, new float[length * outputs], length, outputs);
        return Finish(new TuningLayout { Task = task, Features = features, Mean = mean, Scale = scale, Weights = _weights, Logits = logits, Scores = logits, Labels = labels }, logits, outputs);
    }

    private (string? Mean, string? Scale) Standardizer(int length) =>
        (builder.Constant("head/mean", new float[length], length), builder.Constant("head/scale", Ones(length), length));

    private static float[] Ones(int length) => [.. Enumerable.Repeat(1f, length)];

    private string Linear(string prefix, string name, string input, float[] weight, int length, int width)
    {
        _weights.Add(builder.Constant($"{prefix}weight", weight, length, width));
        _weights.Add(builder.Constant($"{prefix}bias", new float[width], width));
        return builder.Node("Gemm", builder.Unused(name), [input, _weights[^2], _weights[^1]]);
    }

    private TuningLayout Finish(TuningLayout layout, string logits, int outputs)
    {
        var scores = builder.Unused("scores");
        switch (layout.Task)
        {
            case FineTuneTask.Multiclass or FineTuneTask.Binary:
                builder.Node("Softmax", scores, [logits], GraphBuilder.Int("axis", 1));
                return layout with { Scores = scores };
            case FineTuneTask.MultiLabel:
                builder.Node("Sigmoid", scores, [logits]);
                return layout with { Scores = scores };
            default:
                // Numbers are learned with mean 0 and deviation 1, and put back here.
                var (scale, mean) = (builder.Constant("head/label_scale", Ones(outputs), outputs), builder.Constant("head/label_mean", new float[outputs], outputs));
                builder.Node("Add", scores, [builder.Node("Mul", builder.Unused("head/scaled"), [logits, scale]), mean]);
                return layout with { Scores = scores, LabelScale = scale, LabelMean = mean };
        }
    }

    // He and others, 2015: the variance stays the same from layer to layer with ReLU.
    public static float[] Uniform(int inputs, int outputs, int seed)
    {
        var random = new Random(seed);
        var bound = Math.Sqrt(6.0 / inputs);
        var weights = new float[inputs * outputs];
        for (var i = 0; i < weights.Length; i++)
            weights[i] = (float)(((random.NextDouble() * 2) - 1) * bound);
        return weights;
    }
}
