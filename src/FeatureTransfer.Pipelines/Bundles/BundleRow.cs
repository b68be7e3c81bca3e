using FeatureTransfer.Pipelines.Data;
using FeatureTransfer.Pipelines.Running;
using Microsoft.ML.Data;

namespace FeatureTransfer.Pipelines.Bundles;

/// <summary>One row of a bundle's chain, asked again and again with another image or text: for one caller at a time.</summary>
internal sealed class BundleRow
{
    private readonly Source _source;
    private readonly Func<RowScore> _score;

    /// <summary>Binds the chain.</summary>
    /// <param name="model">The chain.</param>
    /// <param name="columns">The columns of text that it wants.</param>
    /// <param name="encoded">Whether the image comes as bytes and not as a path.</param>
    /// <param name="textColumn">The column of text that is asked about; null is none.</param>
    /// <param name="novelty">The column of <see cref="RowScore.Novelty"/>; null is none.</param>
    /// <param name="features">The column of <see cref="RowScore.Features"/>; null is none.</param>
    public BundleRow(ITransformer model, IReadOnlyList<string> columns, bool encoded, string? textColumn, string? novelty, string? features)
    {
        var builder = new DataViewSchema.Builder();
        foreach (var column in columns)
            builder.AddColumn(column, encoded && column == DataSource.PathColumn ? new VectorDataViewType(NumberDataViewType.Byte) : TextDataViewType.Instance);
        _source = new Source(builder.ToSchema(), textColumn);
        var mapper = model.GetRowToRowMapper(_source.Schema);
        var answers = mapper.OutputSchema.Where(column => !column.IsHidden && (column.Name is "Score" or "Probability" || column.Name == novelty || column.Name == features));
        _score = ScoredRows.Reader(mapper.GetRow(_source, answers), novelty, features);
    }

    /// <summary>What the model says of an image or a text.</summary>
    /// <exception cref="BadInputException">It cannot be used.</exception>
    public RowScore Score(string path, ReadOnlyMemory<byte> encoded, string text)
    {
        _source.Set(path, encoded, text);
        return _score();
    }

    private sealed class Source(DataViewSchema schema, string? textColumn) : DataViewRow
    {
        private string _path = "";
        private string _text = "";
        private ReadOnlyMemory<byte> _encoded;
        private long _position = -1;

        public override DataViewSchema Schema => schema;

        // It moves on with each image, for the chain keeps what it computed for a position.
        public override long Position => _position;

        public override long Batch => 0;

        public void Set(string path, ReadOnlyMemory<byte> encoded, string text) => (_path, _encoded, _text, _position) = (path, encoded, text, _position + 1);

        public override bool IsColumnActive(DataViewSchema.Column column) => true;

        public override ValueGetter<DataViewRowId> GetIdGetter() => (ref DataViewRowId value) => value = new DataViewRowId((ulong)_position, 0);

        public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column)
        {
            Delegate getter = column.Type is VectorDataViewType ? Bytes() : Text(column.Name);
            return getter as ValueGetter<TValue> ?? throw new InvalidOperationException($"The column '{column.Name}' is {column.Type}, not {typeof(TValue)}.");
        }

        private ValueGetter<ReadOnlyMemory<char>> Text(string column) => (ref ReadOnlyMemory<char> value) =>
            value = column == DataSource.PathColumn ? _path.AsMemory() : column == textColumn ? _text.AsMemory() : default;

        private ValueGetter<VBuffer<byte>> Bytes() => (ref VBuffer<byte> value) =>
        {
            var editor = VBufferEditor.Create(ref value, _encoded.Length);
            _encoded.Span.CopyTo(editor.Values);
            value = editor.Commit();
        };
    }
}
