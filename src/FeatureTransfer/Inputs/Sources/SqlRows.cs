using System.Data.Common;

namespace FeatureTransfer.Inputs.Sources;

/// <summary>Reads rows of whatever provider.</summary>
internal static class SqlRows
{
    /// <summary>Moves to the next row.</summary>
    /// <exception cref="FeatureTransferException">The database fails on the way.</exception>
    public static bool Next(DbDataReader reader, SqlQuery query)
    {
        try
        {
            return reader.Read();
        }
        catch (DbException exception)
        {
            throw new FeatureTransferException($"{query.Origin}: {exception.Message} The query: {query.Text}", exception);
        }
    }
}
