using Microsoft.ML.Data;

namespace Microsoft.ML;

public sealed partial class DataOperationsCatalog
{
    public TrainTestData TrainTestSplit(IDataView data, double testFraction = 0.1, string? samplingKeyColumnName = null, int? seed = null)
    {
        ArgumentNullException.ThrowIfNull(data);
        Check.Param(testFraction is > 0 and < 1, nameof(testFraction), "Must be between 0 and 1 exclusive");
        var number = SplitNumber.Create(data, samplingKeyColumnName, seed ?? Context.NextSeed());
        return Split(data, number, 0, testFraction);
    }

    public IReadOnlyList<TrainTestData> CrossValidationSplit(
        IDataView data, int numberOfFolds = 5, string? samplingKeyColumnName = null, int? seed = null)
    {
        ArgumentNullException.ThrowIfNull(data);
        Check.Param(numberOfFolds > 1, nameof(numberOfFolds), "Must be more than 1");
        var number = SplitNumber.Create(data, samplingKeyColumnName, seed ?? Context.NextSeed());
        return [.. Enumerable.Range(0, numberOfFolds).Select(fold => Split(
            data,
            number,
            fold == 0 ? double.NegativeInfinity : (double)fold / numberOfFolds,
            fold == numberOfFolds - 1 ? double.PositiveInfinity : (double)(fold + 1) / numberOfFolds))];
    }

    public IDataView Cache(IDataView input, params string[] columnsToPrefetch)
    {
        ArgumentNullException.ThrowIfNull(input);
        return new CachedView(input, columnsToPrefetch ?? []);
    }

    private static TrainTestData Split(IDataView data, SplitNumber number, double from, double to) => new(
        new FilteredView(data, new SplitFilter(number, from, to, inside: false)),
        new FilteredView(data, new SplitFilter(number, from, to, inside: true)));
}
