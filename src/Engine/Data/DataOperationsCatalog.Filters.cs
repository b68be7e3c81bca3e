using Microsoft.ML.Data;

namespace Microsoft.ML;

public sealed partial class DataOperationsCatalog
{
    public IDataView TakeRows(IDataView input, long count)
    {
        ArgumentNullException.ThrowIfNull(input);
        Check.Param(count > 0, nameof(count), "Must be greater than zero.");
        return new RowRangeView(input, 0, count);
    }

    public IDataView SkipRows(IDataView input, long count)
    {
        ArgumentNullException.ThrowIfNull(input);
        Check.Param(count > 0, nameof(count), "Must be greater than zero.");
        return new RowRangeView(input, count, long.MaxValue);
    }

    public IDataView ShuffleRows(IDataView input, int? seed = null, int shufflePoolSize = 1000, bool shuffleSource = true)
    {
        ArgumentNullException.ThrowIfNull(input);
        Check.Param(shufflePoolSize > 0, nameof(shufflePoolSize), "Must be positive");
        return new ShuffledView(input, seed ?? Context.NextSeed(), shufflePoolSize, shuffleSource);
    }

    public IDataView BootstrapSample(IDataView input, int? seed = null, bool complement = false)
    {
        ArgumentNullException.ThrowIfNull(input);
        return new BootstrapView(input, seed ?? Context.NextSeed(), complement);
    }

    public IDataView FilterRowsByColumn(
        IDataView input, string columnName, double lowerBound = double.NegativeInfinity, double upperBound = double.PositiveInfinity)
    {
        ArgumentNullException.ThrowIfNull(input);
        Check.Name(columnName);
        Check.Param(lowerBound < upperBound, nameof(upperBound), "The upper bound must be greater than the lower bound.");
        var column = input.Schema[columnName];
        if (!column.Type.Equals(NumberDataViewType.Single) && !column.Type.Equals(NumberDataViewType.Double))
            throw Check.Mismatch("filter", columnName, "number of type Single or Double", column.Type.ToString()!, nameof(columnName));
        return new FilteredView(input, new ColumnRangeFilter(column.Index, lowerBound, upperBound));
    }

    public IDataView FilterRowsByKeyColumnFraction(IDataView input, string columnName, double lowerBound = 0, double upperBound = 1)
    {
        ArgumentNullException.ThrowIfNull(input);
        Check.Name(columnName);
        Check.Param(lowerBound is >= 0 and <= 1, nameof(lowerBound), "Must be in [0, 1]");
        Check.Param(upperBound is >= 0 and <= 2, nameof(upperBound), "Must be in [0, 2]");
        Check.Param(lowerBound <= upperBound, nameof(upperBound), "Must be greater than or equal to lowerBound");
        var column = input.Schema[columnName];
        if (column.Type is not KeyDataViewType key)
            throw Check.Mismatch("filter", columnName, "KeyType", column.Type.ToString()!, nameof(columnName));
        return new FilteredView(input, new KeyFractionFilter(column.Index, key, lowerBound, upperBound));
    }

    public IDataView FilterRowsByMissingValues(IDataView input, params string[] columns)
    {
        ArgumentNullException.ThrowIfNull(input);
        Check.Param(columns is { Length: > 0 }, nameof(columns), "At least one column is needed.");
        var found = columns.Select(name => input.Schema[name]).ToArray();
        foreach (var column in found)
            Check.Param(MissingValues.Knows(column.Type.ItemType()), nameof(columns),
                $"Column '{column.Name}' has type {column.Type} which does not support missing values, so we cannot filter on them");
        return new FilteredView(input, new MissingValueFilter(found));
    }
}
