namespace Microsoft.ML.Data;

/// <summary>The number of values of a key column; without a number, as many as the type can count.</summary>
public sealed class KeyCount
{
    public ulong? Count;

    public KeyCount()
    {
    }

    public KeyCount(ulong count)
    {
        Count = count;
    }
}

public sealed partial class TextLoader
{
    /// <summary>How a file is read.</summary>
    public class Options
    {
        /// <summary>Whether a value may lie in double quotes.</summary>
        public bool AllowQuoting;

        /// <summary>Whether a line may give values by their index.</summary>
        public bool AllowSparse;

        /// <summary>The number of values of a line, where ranges run to the end and no sample is at hand.</summary>
        public int? InputSize;

        public char[] Separators = ['\t'];
        public char DecimalMarker = '.';
        public Column[]? Columns;

        /// <summary>Whether spaces at the end of a line are left off.</summary>
        public bool TrimWhitespace;

        public bool HasHeader;
        public bool UseThreads = true;

        /// <summary>Whether a quoted value may hold line breaks.</summary>
        public bool ReadMultilines;

        /// <summary>A file whose first line names the columns.</summary>
        public string? HeaderFile;

        public long? MaxRows;
        public char EscapeChar = '"';

        /// <summary>Whether a missing real number is NaN rather than 0.</summary>
        public bool MissingRealsAsNaNs;

        public Options()
        {
        }
    }

    /// <summary>A column and where its values lie in a line.</summary>
    public sealed class Column
    {
        public string? Name;
        public Range[]? Source;
        public KeyCount? KeyCount;

        public Column()
        {
        }

        public Column(string name, DataKind dataKind, int index)
            : this(name, dataKind, [new Range(index)])
        {
        }

        public Column(string name, DataKind dataKind, int minIndex, int maxIndex)
            : this(name, dataKind, [new Range(minIndex, maxIndex)])
        {
        }

        public Column(string name, DataKind dataKind, Range[] source, KeyCount? keyCount = null)
        {
            Check.Name(name);
            ArgumentNullException.ThrowIfNull(source);
            Name = name;
            DataKind = dataKind;
            Source = source;
            KeyCount = keyCount;
        }

        public DataKind DataKind { get; set; } = DataKind.Single;
    }

    /// <summary>Places in a line, from the first to the last.</summary>
    public sealed class Range
    {
        public int Min;
        public int? Max;

        /// <summary>Whether the range runs to the end of the line, whose length the first lines tell.</summary>
        public bool AutoEnd;

        /// <summary>Whether the range runs to the end of each line.</summary>
        public bool VariableEnd;

        /// <summary>Whether the range takes all places that no other range takes.</summary>
        public bool AllOther;

        /// <summary>Whether one place makes a vector too.</summary>
        public bool ForceVector;

        public Range()
        {
        }

        public Range(int index)
        {
            Check.Param(index >= 0, nameof(index), "Must be non-negative");
            Min = index;
            Max = index;
        }

        public Range(int min, int? max)
        {
            Check.Param(min >= 0, nameof(min), "Must be non-negative");
            Check.Param(max is null || max >= min, nameof(max), "If specified, must be greater than or equal to min");
            Min = min;
            Max = max;
            AutoEnd = max is null;
        }
    }
}
