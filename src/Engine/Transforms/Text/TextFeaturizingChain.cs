using System.Globalization;
using Microsoft.ML.Data;

namespace Microsoft.ML.Transforms.Text;

/// <summary>
/// The chain behind FeaturizeText: text normalized, inputs put together, words split and cleared of stop words, words and
/// characters counted each on their own, the counts scaled, put together, and all helper columns dropped.
/// </summary>
internal sealed class TextFeaturizingChain(string output, string[] inputs, TextFeaturizingEstimator.Options options, IEnumerable<string> taken)
{
    private readonly HashSet<string> _taken = [.. taken, output, .. inputs, .. options.OutputTokensColumnName is { } tokens ? new[] { tokens } : []];
    private readonly List<string> _helpers = [];
    private EstimatorChain<ITransformer> _chain = new();

    public EstimatorChain<ITransformer> Build()
    {
        string text = Normalize();
        bool removes = options.StopWordsRemoverOptions is not null;
        string words = text;
        if (removes || options.WordFeatureExtractor is not null || options.OutputTokensColumnName is not null)
            words = Split(text);
        var parts = new List<(string Column, string Alias)>();
        if (options.CharFeatureExtractor is { } characters)
            parts.Add((CountCharacters(removes ? words : text, characters), "Char"));
        if (options.WordFeatureExtractor is { } bag)
            parts.Add((CountWords(words, bag), "Word"));
        Append(new ColumnConcatenatingEstimator(output, [.. parts.Select(p => p.Column)], [.. parts.Select(p => p.Alias)]));
        return Append(new ColumnSelectingEstimator(keep: null, [.. _helpers], keepHidden: true));
    }

    private string Normalize()
    {
        var pairs = inputs.Select(i => (Helper("Text"), i)).ToArray();
        Append(new TextNormalizingEstimator(pairs, options.CaseMode, options.KeepDiacritics, options.KeepPunctuations, options.KeepNumbers));
        if (pairs.Length == 1)
            return pairs[0].Item1;
        string all = Helper("Text");
        Append(new ColumnConcatenatingEstimator(all, [.. pairs.Select(p => p.Item1)]));
        return all;
    }

    private string Split(string text)
    {
        bool removes = options.StopWordsRemoverOptions is not null;
        string words = removes ? Helper("Words") : options.OutputTokensColumnName ?? Helper("Words");
        Append(new WordTokenizingEstimator([(words, text)]));
        if (!removes)
            return words;
        string left = options.OutputTokensColumnName ?? Helper("WordsLeft");
        Append(Remover(left, words));
        return left;
    }

    private IEstimator<ITransformer> Remover(string left, string words) => options.StopWordsRemoverOptions switch
    {
        StopWordsRemovingEstimator.Options list => new StopWordsRemovingEstimator([(left, words)], Language(list.Language)),
        CustomStopWordsRemovingEstimator.Options own => new CustomStopWordsRemovingEstimator([(left, words)], own.StopWords),
        _ => throw new InvalidOperationException($"Stop words are removed by {nameof(StopWordsRemovingEstimator)}.Options or {nameof(CustomStopWordsRemovingEstimator)}.Options, not by {options.StopWordsRemoverOptions!.GetType()}."),
    };

    private static StopWordsRemovingEstimator.Language Language(TextFeaturizingEstimator.Language language) => language switch
    {
        TextFeaturizingEstimator.Language.English => StopWordsRemovingEstimator.Language.English,
        TextFeaturizingEstimator.Language.French => StopWordsRemovingEstimator.Language.French,
        TextFeaturizingEstimator.Language.German => StopWordsRemovingEstimator.Language.German,
        TextFeaturizingEstimator.Language.Dutch => StopWordsRemovingEstimator.Language.Dutch,
        TextFeaturizingEstimator.Language.Italian => StopWordsRemovingEstimator.Language.Italian,
        TextFeaturizingEstimator.Language.Spanish => StopWordsRemovingEstimator.Language.Spanish,
        TextFeaturizingEstimator.Language.Japanese => StopWordsRemovingEstimator.Language.Japanese,
        _ => throw new ArgumentOutOfRangeException(nameof(language), $"There is no language {language}."),
    };

    private string CountWords(string words, WordBagEstimator.Options bag)
    {
        string counts = Helper("WordExtractor");
        _chain = WordBagEstimator.Counting(_chain, words, Helper("WordKeys"), counts, bag);
        return Scale(counts, "WordScaled");
    }

    private string CountCharacters(string text, WordBagEstimator.Options bag)
    {
        string keys = Helper("Characters");
        string counts = Helper("CharExtractor");
        Append(new TokenizingByCharactersEstimator(useMarkerCharacters: true, (keys, text)));
        Append(bag.Estimator(counts, keys));
        return Scale(counts, "CharScaled");
    }

    private string Scale(string counts, string role)
    {
        LpNormNormalizingEstimatorBase.NormFunction norm;
        switch (options.Norm)
        {
            case TextFeaturizingEstimator.NormFunction.None:
                return counts;
            case TextFeaturizingEstimator.NormFunction.L1:
                norm = LpNormNormalizingEstimatorBase.NormFunction.L1;
                break;
            case TextFeaturizingEstimator.NormFunction.L2:
                norm = LpNormNormalizingEstimatorBase.NormFunction.L2;
                break;
            case TextFeaturizingEstimator.NormFunction.Infinity:
                norm = LpNormNormalizingEstimatorBase.NormFunction.Infinity;
                break;
            default:
                throw new InvalidOperationException($"There is no norm {options.Norm}.");
        }
        string scaled = Helper(role);
        Append(new LpNormNormalizingEstimator([(scaled, counts)], norm, ensureZeroMean: false));
        return scaled;
    }

    private EstimatorChain<ITransformer> Append(IEstimator<ITransformer> estimator) => _chain = _chain.Append(estimator);

    /// <summary>A name that no column has.</summary>
    private string Helper(string role)
    {
        string name = $"{output}_{role}";
        for (int i = 1; !_taken.Add(name); i++)
            name = string.Create(CultureInfo.InvariantCulture, $"{output}_{role}{i}");
        _helpers.Add(name);
        return name;
    }
}
