package admin

// route is one thing that can be asked of the console.
type route struct {
	pattern string
	access  access
	serve   func(*visit) error
}

// table is every route, with who may use it.
func (c *Console) table() []route {
	routes := []route{
		{"GET /login", anyone, (*visit).loginShow},
		{"POST /login", anyone, (*visit).loginCheck},
		{"POST /logout", anyone, (*visit).logout},
		{"POST /language", anyone, (*visit).languageChoose},

		{"GET /{$}", officers, (*visit).overviewShow},
		{"GET /events", officers, (*visit).events},
		{"GET /account", officers, (*visit).accountShow},
		{"POST /account/password", officers, (*visit).accountPassword},

		{"GET /messages", officers, (*visit).messageList},
		{"GET /messages/{contact}", officers, (*visit).threadShow},
		{"POST /messages/{contact}/reply", officers, (*visit).threadReply},
		{"POST /messages/{contact}/measure", officers, (*visit).threadMeasure},
		{"GET /messages/{contact}/{message}", officers, (*visit).messageExplain},
		{"POST /messages/{contact}/{message}/correct", officers, (*visit).messageCorrect},
		{"GET /parked", officers, (*visit).parkedList},

		{"GET /prices", officers, (*visit).priceList},
		{"GET /prices/add", officers, (*visit).priceAddShow},
		{"POST /prices/add", officers, (*visit).priceAdd},
		{"GET /prices/history", officers, (*visit).priceHistory},
		{"GET /prices/{price}/correct", officers, (*visit).priceCorrectShow},
		{"POST /prices/{price}/correct", officers, (*visit).priceCorrect},

		{"GET /difficulties", officers, (*visit).difficultyTable},
		{"GET /difficulties/export", officers, (*visit).difficultyExport},
		{"GET /concerns", officers, (*visit).concernList},
		{"GET /concerns/{contact}/{concern}", officers, (*visit).concernShow},
		{"POST /concerns/{contact}/{concern}/answer", officers, (*visit).concernAnswer},
		{"POST /concerns/{contact}/{concern}/measure", officers, (*visit).concernMeasure},

		{"GET /consultation", officers, (*visit).consultationLatest},
		{"GET /consultation/{round}", officers, (*visit).consultationShow},
		{"GET /consultation/{round}/voices", officers, (*visit).voiceList},
		{"GET /consultation/{round}/export", officers, (*visit).consultationExport},

		{"GET /contacts", officers, (*visit).contactList},
		{"GET /contacts/{contact}", officers, (*visit).contactShow},
		{"POST /contacts/{contact}/place", officers, (*visit).contactPlace},
		{"GET /contacts/{contact}/erase", officers, (*visit).contactEraseAsk},
		{"POST /contacts/{contact}/erase", officers, (*visit).contactErase},

		{"GET /villages", officers, (*visit).villageList},
		{"POST /villages", admins, (*visit).villageAdd},
		{"GET /villages/{village}", officers, (*visit).villageShow},
		{"POST /villages/{village}/households", admins, (*visit).householdAdd},

		{"GET /words", officers, (*visit).wordList},
		{"POST /words", officers, (*visit).wordAdd},
		{"POST /words/try", officers, (*visit).wordTry},
		{"GET /words/{word}/remove", officers, (*visit).wordRemoveAsk},
		{"POST /words/{word}/remove", officers, (*visit).wordRemove},
		{"GET /corrections", officers, (*visit).correctionList},
		{"GET /corrections/export", officers, (*visit).correctionExport},

		{"GET /settings", admins, (*visit).settingsShow},
		{"POST /settings", admins, (*visit).communeSave},
		{"POST /settings/officers", admins, (*visit).officerAdd},
		{"POST /settings/officers/{officer}/disabled", admins, (*visit).officerDisable},
		{"POST /settings/officers/{officer}/password", admins, (*visit).officerPassword},
		{"POST /settings/groups", admins, (*visit).tieCodeCreate},
	}
	if c.Simulator {
		routes = append(routes, route{"GET /simulator", anyone, (*visit).simulatorShow})
	}
	return routes
}
