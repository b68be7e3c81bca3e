namespace FeatureTransfer.FineTuning;

/// <summary>The weights of the classifier that tells domains apart: one hidden layer.</summary>
internal static class DomainClassifierWeights
{
    private const string Prefix = "FeatureTransfer.Domain/";

    /// <summary>(features, hidden).</summary>
    public const string FirstWeight = $"{Prefix}0/weight";

    /// <summary>(hidden).</summary>
    public const string FirstBias = $"{Prefix}0/bias";

    /// <summary>(hidden, 1).</summary>
    public const string LastWeight = $"{Prefix}weight";

    /// <summary>(1).</summary>
    public const string LastBias = $"{Prefix}bias";

    /// <summary>The weights at the start, without a preference; none unless features learn against a classifier.</summary>
    public static IReadOnlyList<Parameter> Create(FineTuneOptions options, int features)
    {
        if (options.Alignment.Method != DomainAlignmentMethod.Adversarial)
            return [];
        var hidden = options.Alignment.Hidden;
        return
        [
            new Parameter(FirstWeight, [features, hidden], HeadBuilder.Uniform(features, hidden, options.Seed)),
            new Parameter(FirstBias, [hidden], new float[hidden]),
            new Parameter(LastWeight, [hidden, 1], new float[hidden]),
            new Parameter(LastBias, [1], new float[1]),
        ];
    }

    /// <summary>Places for the weights in a graph; their values come from the parameters.</summary>
    public static void Declare(GraphBuilder builder, int features, int hidden)
    {
        builder.Constant(FirstWeight, new float[features * hidden], features, hidden);
        builder.Constant(FirstBias, new float[hidden], hidden);
        builder.Constant(LastWeight, new float[hidden], hidden, 1);
        builder.Constant(LastBias, new float[1], 1);
    }
}
