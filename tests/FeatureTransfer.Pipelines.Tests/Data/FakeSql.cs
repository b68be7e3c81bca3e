using System.Data;
using System.Data.Common;

namespace FeatureTransfer.Pipelines.Tests.Data;

/// <summary>An engine that gives a table whatever is asked, as an adapter of any ADO.NET provider would.</summary>
internal sealed class FakeSql(DataTable table) : ISqlEngine
{
    public List<SqlQuery> Asked { get; } = [];

    public DbDataReader Read(SqlQuery query, CancellationToken cancellationToken = default)
    {
        Asked.Add(query);
        return table.CreateDataReader();
    }

    public static DataTable Table(params (string Name, Type Type)[] columns)
    {
        var table = new DataTable();
        foreach (var (name, type) in columns)
            table.Columns.Add(name, type);
        return table;
    }
}
