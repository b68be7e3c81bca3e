using Microsoft.ML.Transforms.Text;

namespace Microsoft.ML;

/// <summary>Transforms of text.</summary>
public static class TextCatalog
{
    public static TextFeaturizingEstimator FeaturizeText(
        this TransformsCatalog.TextTransforms catalog, string outputColumnName, string? inputColumnName = null) =>
        new(outputColumnName, [inputColumnName ?? outputColumnName]);

    public static TextFeaturizingEstimator FeaturizeText(
        this TransformsCatalog.TextTransforms catalog,
        string outputColumnName,
        TextFeaturizingEstimator.Options? options,
        params string[] inputColumnNames) => new(outputColumnName, inputColumnNames is [] ? [outputColumnName] : inputColumnNames, options);

    public static TokenizingByCharactersEstimator TokenizeIntoCharactersAsKeys(
        this TransformsCatalog.TextTransforms catalog,
        string outputColumnName,
        string? inputColumnName = null,
        bool useMarkerCharacters = true)
    {
        Check.Name(outputColumnName);
        return new(useMarkerCharacters, (outputColumnName, inputColumnName ?? outputColumnName));
    }

    public static TextNormalizingEstimator NormalizeText(
        this TransformsCatalog.TextTransforms catalog,
        string outputColumnName,
        string? inputColumnName = null,
        TextNormalizingEstimator.CaseMode caseMode = TextNormalizingEstimator.CaseMode.Lower,
        bool keepDiacritics = false,
        bool keepPunctuations = true,
        bool keepNumbers = true)
    {
        Check.Name(outputColumnName);
        return new([(outputColumnName, inputColumnName ?? outputColumnName)], caseMode, keepDiacritics, keepPunctuations, keepNumbers);
    }

    public static WordTokenizingEstimator TokenizeIntoWords(
        this TransformsCatalog.TextTransforms catalog, string outputColumnName, string? inputColumnName = null, char[]? separators = null)
    {
        Check.Name(outputColumnName);
        return new([(outputColumnName, inputColumnName ?? outputColumnName)], separators);
    }

    public static NgramExtractingEstimator ProduceNgrams(
        this TransformsCatalog.TextTransforms catalog,
        string outputColumnName,
        string? inputColumnName = null,
        int ngramLength = 2,
        int skipLength = 0,
        bool useAllLengths = true,
        int maximumNgramsCount = 10000000,
        NgramExtractingEstimator.WeightingCriteria weighting = NgramExtractingEstimator.WeightingCriteria.Tf)
    {
        Check.Name(outputColumnName);
        return new((outputColumnName, inputColumnName ?? outputColumnName), ngramLength, skipLength, useAllLengths, [maximumNgramsCount], weighting);
    }

    public static WordBagEstimator ProduceWordBags(
        this TransformsCatalog.TextTransforms catalog,
        string outputColumnName,
        string? inputColumnName = null,
        int ngramLength = 2,
        int skipLength = 0,
        bool useAllLengths = true,
        int maximumNgramsCount = 10000000,
        NgramExtractingEstimator.WeightingCriteria weighting = NgramExtractingEstimator.WeightingCriteria.Tf) =>
        new(outputColumnName, [inputColumnName ?? outputColumnName], BagOptions(ngramLength, skipLength, useAllLengths, maximumNgramsCount, weighting));

    public static WordBagEstimator ProduceWordBags(
        this TransformsCatalog.TextTransforms catalog,
        string outputColumnName,
        string[] inputColumnNames,
        int ngramLength = 2,
        int skipLength = 0,
        bool useAllLengths = true,
        int maximumNgramsCount = 10000000,
        NgramExtractingEstimator.WeightingCriteria weighting = NgramExtractingEstimator.WeightingCriteria.Tf) =>
        new(outputColumnName, inputColumnNames, BagOptions(ngramLength, skipLength, useAllLengths, maximumNgramsCount, weighting));

    public static StopWordsRemovingEstimator RemoveDefaultStopWords(
        this TransformsCatalog.TextTransforms catalog,
        string outputColumnName,
        string? inputColumnName = null,
        StopWordsRemovingEstimator.Language language = StopWordsRemovingEstimator.Language.English)
    {
        Check.Name(outputColumnName);
        return new([(outputColumnName, inputColumnName ?? outputColumnName)], language);
    }

    public static CustomStopWordsRemovingEstimator RemoveStopWords(
        this TransformsCatalog.TextTransforms catalog, string outputColumnName, string? inputColumnName = null, params string[] stopwords)
    {
        Check.Name(outputColumnName);
        return new([(outputColumnName, inputColumnName ?? outputColumnName)], stopwords);
    }

    private static WordBagEstimator.Options BagOptions(
        int ngramLength, int skipLength, bool useAllLengths, int maximumNgramsCount, NgramExtractingEstimator.WeightingCriteria weighting) => new()
        {
            NgramLength = ngramLength,
            SkipLength = skipLength,
            UseAllLengths = useAllLengths,
            MaximumNgramsCount = [maximumNgramsCount],
            Weighting = weighting,
        };
}
