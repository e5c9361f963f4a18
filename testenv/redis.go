package testenv

import (
	"context"
	"net/url"
	"strconv"
	"testing"
	"time"

	"github.com/redis/go-redis/v9"
)

// claims is the key prefix, in the database of LOA_TEST_REDIS_URL, under which tests
// of several processes tell each other which databases they hold.
const claims = "loa:testenv:database:"

// claimLasts frees the database of a test that was killed.
const claimLasts = time.Hour

// Redis returns the URL of an empty database that no other test uses until this one
// has ended; it is emptied then. A database that holds anything is never taken. Pub/Sub
// is the whole server's: other tests' messages may be heard.
func Redis(t testing.TB) string {
	t.Helper()
	address := named(t, "LOA_TEST_REDIS_URL", "a Redis", "./scripts/test")
	options, err := redis.ParseURL(address)
	if err != nil {
		t.Fatalf("LOA_TEST_REDIS_URL: %v", err)
	}
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	register := redis.NewClient(options)
	defer register.Close()

	for {
		number := claim(ctx, t, register, options)
		if number > 0 {
			t.Cleanup(func() { release(t, options, number) })
			return onDatabase(t, address, number)
		}
		select { // all are held: tests of other packages are about to end
		case <-time.After(50 * time.Millisecond):
		case <-ctx.Done():
			t.Fatal("every database of LOA_TEST_REDIS_URL is held or holds something; give it more (databases 512)")
		}
	}
}

// claim returns the number of a database that is now this test's, or 0.
func claim(ctx context.Context, t testing.TB, register *redis.Client, options *redis.Options) int {
	t.Helper()
	databases := 16
	if answer, err := register.ConfigGet(ctx, "databases").Result(); err == nil {
		if n, err := strconv.Atoi(answer["databases"]); err == nil {
			databases = n
		}
	}
	for number := 1; number < databases; number++ {
		if number == options.DB {
			continue
		}
		mine, err := register.SetNX(ctx, claims+strconv.Itoa(number), t.Name(), claimLasts).Result()
		if err != nil {
			t.Fatalf("ask LOA_TEST_REDIS_URL: %v", err)
		}
		if !mine {
			continue
		}
		database := open(options, number)
		size, err := database.DBSize(ctx).Result()
		_ = database.Close()
		if err == nil && size == 0 {
			return number
		}
		register.Del(ctx, claims+strconv.Itoa(number))
	}
	return 0
}

func release(t testing.TB, options *redis.Options, number int) {
	t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	database := open(options, number)
	defer database.Close()
	if err := database.FlushDB(ctx).Err(); err != nil {
		t.Errorf("empty Redis database %d: %v", number, err)
		return
	}
	register := redis.NewClient(options)
	defer register.Close()
	if err := register.Del(ctx, claims+strconv.Itoa(number)).Err(); err != nil {
		t.Errorf("give Redis database %d back: %v", number, err)
	}
}

// onDatabase is the server's URL with another database.
func onDatabase(t testing.TB, address string, number int) string {
	t.Helper()
	server, err := url.Parse(address)
	if err != nil {
		t.Fatalf("LOA_TEST_REDIS_URL: %v", err)
	}
	if server.Scheme == "unix" {
		query := server.Query()
		query.Set("db", strconv.Itoa(number))
		server.RawQuery = query.Encode()
	} else {
		server.Path = "/" + strconv.Itoa(number)
	}
	return server.String()
}

func open(options *redis.Options, number int) *redis.Client {
	own := *options
	own.DB = number
	return redis.NewClient(&own)
}
