using Microsoft.ML.Data;

namespace Microsoft.ML.Transforms.Text;

/// <summary>Counts the words of texts and the sequences of them.</summary>
public sealed class WordBagEstimator : IEstimator<ITransformer>
{
    internal const int DefaultMaximum = 10000000;

    private readonly EstimatorChain<ITransformer> _chain;

    internal WordBagEstimator(string output, string[] inputs, Options options)
    {
        Check.Name(output, "outputColumnName");
        ArgumentNullException.ThrowIfNull(inputs);
        Check.Param(inputs.Length > 0, "inputColumnNames", "There must be at least one input column.");
        var chain = new EstimatorChain<ITransformer>();
        if (inputs.Length > 1)
            chain = chain.Append<ITransformer>(new ColumnConcatenatingEstimator(output, inputs));
        chain = chain.Append<ITransformer>(new WordTokenizingEstimator([(output, inputs.Length > 1 ? output : inputs[0])]));
        _chain = Counting(chain, output, output, output, options);
    }

    public ITransformer Fit(IDataView input) => _chain.Fit(input);

    public SchemaShape GetOutputSchema(SchemaShape inputSchema) => _chain.GetOutputSchema(inputSchema);

    /// <summary>The chain with words made keys, and keys counted.</summary>
    internal static EstimatorChain<ITransformer> Counting(
        EstimatorChain<ITransformer> chain, string words, string keys, string counts, Options options) => chain
        .Append<ITransformer>(new ValueToKeyMappingEstimator([(keys, words)], DefaultMaximum, ValueToKeyMappingEstimator.KeyOrdinality.ByOccurrence, asText: false, keyData: null))
        .Append<ITransformer>(options.Estimator(counts, keys));

    /// <summary>How words are counted.</summary>
    public class Options
    {
        public int NgramLength;
        public int SkipLength;
        public bool UseAllLengths;
        public int[] MaximumNgramsCount;
        public NgramExtractingEstimator.WeightingCriteria Weighting;

        public Options()
        {
            NgramLength = 1;
            UseAllLengths = true;
            MaximumNgramsCount = [DefaultMaximum];
        }

        internal NgramExtractingEstimator Estimator(string output, string input) =>
            new((output, input), NgramLength, SkipLength, UseAllLengths, MaximumNgramsCount, Weighting);
    }
}
