using FeatureTransfer.Sql;

namespace FeatureTransfer.Pipelines.Tests.Sql;

public class PostgresDatabaseTests
{
    [Test]
    public void Settings_WholeAddress_IsTakenApart()
    {
        var settings = PostgresDatabase.Settings("postgres://ann:p%40ss@db.example:6543/shop?sslmode=require&connect_timeout=3");
        Assert.Multiple(() =>
        {
            Assert.That(settings.Host, Is.EqualTo("db.example"));
            Assert.That(settings.Port, Is.EqualTo(6543));
            Assert.That(settings.Username, Is.EqualTo("ann"));
            Assert.That(settings.Password, Is.EqualTo("p@ss"));
            Assert.That(settings.Database, Is.EqualTo("shop"));
            Assert.That(settings.SslMode, Is.EqualTo(Npgsql.SslMode.Require));
            Assert.That(settings.Timeout, Is.EqualTo(3));
        });
    }

    [Test]
    public void Settings_ShortAddress_LeavesTheRestToTheDriver()
    {
        var settings = PostgresDatabase.Settings("postgresql://localhost/shop");
        Assert.That((settings.Host, settings.Port, settings.Username, settings.Password), Is.EqualTo(("localhost", 5432, (string?)null, (string?)null)));
    }

    [Test]
    public void Settings_UnknownOption_SaysSo() =>
        Assert.That(() => PostgresDatabase.Settings("postgres://localhost/shop?colour=red"), Throws.TypeOf<FeatureTransferException>().With.Message.Contains("colour"));

    [Test]
    public void Read_NoServer_SaysWhatToCheckAndKeepsThePassword()
    {
        // Port 1 is nobody's.
        var query = new SqlQuery("SELECT 1") { Database = "postgres://ann:secret@127.0.0.1:1/shop?sslmode=disable" };
        var fault = Assert.Throws<FeatureTransferException>(() => new SqlEngine().Read(query))!;
        Assert.That(fault.Message, Does.Contain("127.0.0.1:1").And.Contain("'shop'").And.Contain("Check the address").And.Not.Contain("secret"));
    }

    [Test]
    public void Origin_OfAnAddress_HidesTheUser() =>
        Assert.That(new SqlQuery("") { Database = "postgres://ann:secret@db/shop" }.Origin, Does.Contain("db/shop").And.Not.Contain("secret").And.Not.Contain("ann"));
}
