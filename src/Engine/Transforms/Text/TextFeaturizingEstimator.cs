using Microsoft.ML.Data;

namespace Microsoft.ML.Transforms.Text;

/// <summary>Makes a vector of numbers of texts: counts of the sequences of their words and of their characters.</summary>
public sealed class TextFeaturizingEstimator : IEstimator<ITransformer>
{
    private readonly string _output;
    private readonly string[] _inputs;
    private readonly Options _options;

    internal TextFeaturizingEstimator(string output, string[] inputs, Options? options = null)
    {
        Check.Name(output, "outputColumnName");
        ArgumentNullException.ThrowIfNull(inputs);
        Check.Param(inputs.Length > 0, "inputColumnNames", "There must be at least one input column.");
        _output = output;
        _inputs = inputs;
        _options = options ?? new Options();
        Check.Param(_options.WordFeatureExtractor is not null || _options.CharFeatureExtractor is not null, nameof(options),
            "Without WordFeatureExtractor and CharFeatureExtractor there is nothing to count: set at least one of them.");
    }

    public ITransformer Fit(IDataView input)
    {
        ArgumentNullException.ThrowIfNull(input);
        // The helper columns get names that the input does not have, and are dropped at the end.
        return Chain(input.Schema.Select(c => c.Name)).Fit(input);
    }

    public SchemaShape GetOutputSchema(SchemaShape inputSchema)
    {
        ArgumentNullException.ThrowIfNull(inputSchema);
        return Chain(inputSchema.Select(c => c.Name)).GetOutputSchema(inputSchema);
    }

    private EstimatorChain<ITransformer> Chain(IEnumerable<string> taken) => new TextFeaturizingChain(_output, _inputs, _options, taken).Build();

    /// <summary>What is done to the text before, and what is counted in it.</summary>
    public sealed class Options : TransformInputBase
    {
        public TextNormalizingEstimator.CaseMode CaseMode = TextNormalizingEstimator.CaseMode.Lower;
        public bool KeepDiacritics;
        public bool KeepPunctuations = true;
        public bool KeepNumbers = true;
        public string? OutputTokensColumnName;
        public NormFunction Norm = NormFunction.L2;

        public Options()
        {
        }

        public IStopWordsRemoverOptions? StopWordsRemoverOptions { get; set; }

        public WordBagEstimator.Options? WordFeatureExtractor { get; set; } = new() { NgramLength = 2 };

        public WordBagEstimator.Options? CharFeatureExtractor { get; set; } = new() { NgramLength = 3, UseAllLengths = false };
    }

    /// <summary>The languages that texts can be in.</summary>
    public enum Language
    {
        English = 1,
        French = 2,
        German = 3,
        Dutch = 4,
        Italian = 5,
        Spanish = 6,
        Japanese = 7,
    }

    /// <summary>The norms that the counts of words, and those of characters, are brought to.</summary>
    public enum NormFunction
    {
        None = 0,
        L1 = 1,
        L2 = 2,
        Infinity = 3,
    }
}
