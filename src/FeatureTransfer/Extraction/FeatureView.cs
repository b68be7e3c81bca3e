namespace FeatureTransfer.Extraction;

/// <summary>The rows of another view with a column of features behind the others.</summary>
internal sealed class FeatureView(ExtractFeaturesTransformer transformer, IDataView source, DataViewSchema schema) : IDataView
{
    public bool CanShuffle => false;

    public DataViewSchema Schema => schema;

    // Rows that cannot be read are left out, so nobody knows before.
    public long? GetRowCount() => null;

    public DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random? rand = null) =>
        new FeatureCursor(transformer, source, schema, [.. columnsNeeded]);

    public DataViewRowCursor[] GetRowCursorSet(IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random? rand = null) =>
        [GetRowCursor(columnsNeeded, rand)];
}
